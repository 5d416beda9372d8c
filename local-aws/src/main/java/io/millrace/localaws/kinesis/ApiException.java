package io.millrace.localaws.kinesis;

/** An error that the client is told, under AWS's name for it. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    private ApiException(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    static ApiException validation(String message) {
        return new ApiException(400, "ValidationException", message);
    }

    static ApiException invalidArgument(String message) {
        return new ApiException(400, "InvalidArgumentException", message);
    }

    static ApiException serialization(String message) {
        return new ApiException(400, "SerializationException", message);
    }

    static ApiException notFound(String message) {
        return new ApiException(400, "ResourceNotFoundException", message);
    }

    static ApiException inUse(String message) {
        return new ApiException(400, "ResourceInUseException", message);
    }

    static ApiException limitExceeded(String message) {
        return new ApiException(400, "LimitExceededException", message);
    }

    static ApiException throughputExceeded(String message) {
        return new ApiException(400, "ProvisionedThroughputExceededException", message);
    }

    static ApiException expiredIterator(String message) {
        return new ApiException(400, "ExpiredIteratorException", message);
    }

    static ApiException expiredNextToken(String message) {
        return new ApiException(400, "ExpiredNextTokenException", message);
    }

    static ApiException unknownOperation(String message) {
        return new ApiException(400, "UnknownOperationException", message);
    }

    static ApiException internalFailure(String message) {
        return new ApiException(500, "InternalFailureException", message);
    }
}
