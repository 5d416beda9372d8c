package io.millrace.localaws.kinesis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.localaws.junit.LocalAwsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** local-aws in JSON, which is what all other SDKs and the command line speak. */
class LocalAwsKinesisJsonContractIT extends KinesisContract {

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    private static KinesisClient json;

    /** The SDK has no other switch than this one, and reads it when a client is built. */
    @BeforeAll
    static void buildClient() {
        String cbor = SdkSystemSetting.CBOR_ENABLED.property();
        String before = System.getProperty(cbor);
        System.setProperty(cbor, "false");
        try {
            json = KinesisClient.builder()
                    .endpointOverride(AWS.endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                    .overrideConfiguration(config -> config.addExecutionInterceptor(new OnlyJson()))
                    .build();
        } finally {
            if (before == null) {
                System.clearProperty(cbor);
            } else {
                System.setProperty(cbor, before);
            }
        }
    }

    @AfterAll
    static void closeClient() {
        json.close();
    }

    @Override
    KinesisClient kinesis() {
        return json;
    }

    private static final class OnlyJson implements ExecutionInterceptor {

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            assertEquals(
                    "application/x-amz-json-1.1",
                    context.httpResponse().firstMatchingHeader("Content-Type").orElse("none"));
        }
    }
}
