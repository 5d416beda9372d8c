package io.millrace.localaws.kinesis.contract;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** LocalStack, or the image that LOCALSTACK_IMAGE names; skipped where no Docker engine answers. */
@EnabledIf(value = "dockerAnswers", disabledReason = "no Docker engine answers")
class LocalStackKinesisContractIT extends KinesisContract {

    /** The last one that runs without an account. */
    private static final String DEFAULT_IMAGE = "localstack/localstack:4.14.0";

    private static LocalStackContainer container;
    private static KinesisClient client;

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void startContainer() {
        String image = Optional.ofNullable(System.getenv("LOCALSTACK_IMAGE")).orElse(DEFAULT_IMAGE);
        container = new LocalStackContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("kinesis");
        container.start();
        client = KinesisClient.builder()
                .endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())))
                .build();
    }

    @AfterAll
    static void stopContainer() {
        if (client != null) {
            client.close();
        }
        if (container != null) {
            container.stop();
        }
    }

    @Override
    KinesisClient kinesis() {
        return client;
    }
}
