package io.millrace.aws;

/** No AWS region is set anywhere. The message is one line that says what to do. */
public final class NoRegionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRegionException(Throwable cause) {
        super("AWS_REGION is not set, and the AWS SDK found no region either; set it, for example to us-east-1", cause);
    }
}
