package io.millrace.dashboard.http;

/** A request that is answered with an error: its status and its {@link ApiError}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError error;

    public ApiException(int status, String error, String message, String hint) {
        super(message, null, false, false);
        this.status = status;
        this.error = new ApiError(error, message, hint);
    }

    public int status() {
        return status;
    }

    public ApiError error() {
        return error;
    }
}
