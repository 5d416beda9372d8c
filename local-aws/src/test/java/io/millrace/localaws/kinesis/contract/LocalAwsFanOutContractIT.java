package io.millrace.localaws.kinesis.contract;

import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.net.URI;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.AttributeMap;

/** local-aws by each protocol and encoding in which clients ask for fan-out. */
class LocalAwsFanOutContractIT {

    @RegisterExtension
    static final LocalAwsExtension AWS =
            LocalAwsExtension.create(LocalAwsSettings.ephemeral().withTlsPort(0));

    /** What the SDK for Java does where nothing else is asked for: HTTP/2 without a word before. */
    @Nested
    class ByDefault extends Contract {
        ByDefault() {
            super(AWS::endpoint, Protocol.HTTP2);
        }
    }

    @Nested
    class ByTls extends Contract {
        ByTls() {
            super(() -> AWS.localAws().tlsEndpoint().orElseThrow(), Protocol.HTTP2);
        }
    }

    /** As botocore does. */
    @Nested
    class ByHttp1 extends Contract {
        ByHttp1() {
            super(AWS::endpoint, Protocol.HTTP1_1);
        }
    }

    @Nested
    class InJson extends Contract {
        InJson() {
            super(AWS::endpoint, Protocol.HTTP2);
        }

        @Override
        @BeforeEach
        void buildClient() {
            String cbor = SdkSystemSetting.CBOR_ENABLED.property();
            String before = System.getProperty(cbor);
            System.setProperty(cbor, "false");
            try {
                super.buildClient();
            } finally {
                if (before == null) {
                    System.clearProperty(cbor);
                } else {
                    System.setProperty(cbor, before);
                }
            }
        }
    }

    private abstract static class Contract extends FanOutContract {

        private final Supplier<URI> endpoint;
        private final Protocol protocol;
        private KinesisAsyncClient client;

        Contract(Supplier<URI> endpoint, Protocol protocol) {
            this.endpoint = endpoint;
            this.protocol = protocol;
        }

        @BeforeEach
        void buildClient() {
            client = KinesisAsyncClient.builder()
                    .endpointOverride(endpoint.get())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                    .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .httpClient(NettyNioAsyncHttpClient.builder()
                            .protocol(protocol)
                            .buildWithDefaults(AttributeMap.builder()
                                    .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                                    .build()))
                    .build();
        }

        @AfterEach
        void closeClient() {
            client.close();
        }

        @Override
        KinesisClient kinesis() {
            return AWS.kinesis();
        }

        @Override
        KinesisAsyncClient async() {
            return client;
        }
    }
}
