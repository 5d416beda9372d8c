package io.millrace.localaws.front;

/**
 * One call of an API operation, named as in AWS's API reference.
 *
 * @param operation for example {@code PutRecords}, {@code ListObjectsV2}
 */
public record AwsCall(AwsService service, String operation) {

    /** For example {@code kinesis:PutRecords}: what fault rules match and call counts are listed under. */
    public String name() {
        return service.id() + ":" + operation;
    }

    @Override
    public String toString() {
        return name();
    }
}
