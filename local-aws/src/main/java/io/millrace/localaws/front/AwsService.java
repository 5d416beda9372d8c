package io.millrace.localaws.front;

import java.util.Locale;

/** The services that local-aws stands in for. */
public enum AwsService {
    KINESIS,
    DYNAMODB,
    S3,
    STS,
    CLOUDWATCH;

    /** As in an IAM action and in LocalStack's health report. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
