package io.millrace.localaws.kinesis.contract;

import io.millrace.localaws.junit.LocalAwsExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** local-aws in CBOR, which is what the SDK for Java speaks to Kinesis. */
class LocalAwsKinesisContractIT extends KinesisContract {

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    @Override
    KinesisClient kinesis() {
        return AWS.kinesis();
    }
}
