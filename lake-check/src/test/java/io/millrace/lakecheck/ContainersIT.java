package io.millrace.lakecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.StreamProducer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Producer, consumer and lake, with LocalStack and the consumer's image. {@code LOCALSTACK_IMAGE} and {@code
 * CONSUMER_IMAGE} name other images; skipped where no Docker engine answers or the consumer's image is not built.
 */
@EnabledIf(
        value = "consumerImageIsThere",
        disabledReason = "no Docker engine answers, or the consumer's image is not built (scripts/images.sh)")
class ContainersIT {

    /** The last one that runs without an account. */
    private static final String DEFAULT_LOCALSTACK = "localstack/localstack:4.14.0";

    private static final int STATUS_PORT = 8011;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Network network;
    private static LocalStackContainer localStack;
    private static GenericContainer<?> consumer;

    static boolean consumerImageIsThere() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        DockerClient docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(consumerImage()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        localStack = new LocalStackContainer(DockerImageName.parse(variable("LOCALSTACK_IMAGE", DEFAULT_LOCALSTACK))
                        .asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("kinesis", "dynamodb", "s3")
                .withNetwork(network)
                .withNetworkAliases("localstack");
        localStack.start();
        try (KinesisClient kinesis = kinesis();
                S3Client s3 = s3()) {
            kinesis.createStream(create -> create.streamName("logs").shardCount(2));
            kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName("logs"));
            s3.createBucket(create -> create.bucket("lake"));
        }
        consumer = new GenericContainer<>(consumerImage())
                .withNetwork(network)
                .withEnv(Map.of(
                        "AWS_ENDPOINT_URL", "http://localstack:4566",
                        "AWS_ACCESS_KEY_ID", localStack.getAccessKey(),
                        "AWS_SECRET_ACCESS_KEY", localStack.getSecretKey(),
                        "AWS_DEFAULT_REGION", localStack.getRegion(),
                        "STREAM_NAME", "logs",
                        "TARGET_BUCKET", "lake",
                        "APPLICATION_NAME", "containers",
                        "COMPRESSION", "zstd",
                        "FLUSH_INTERVAL", "1"))
                .withExposedPorts(STATUS_PORT)
                .withTmpFs(Map.of("/tmp", "exec"))
                .withCreateContainerCmdModifier(create -> Optional.ofNullable(create.getHostConfig())
                        .orElseThrow()
                        .withReadonlyRootfs(true))
                .waitingFor(Wait.forHttp("/ready").forPort(STATUS_PORT).withStartupTimeout(PATIENCE));
        consumer.start();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable started : new AutoCloseable[] {consumer, localStack, network}) {
            closeIfStarted(started);
        }
    }

    @Test
    void bringsEveryEventIntoTheLakeOnce() throws Exception {
        List<ExpectedEvent> events =
                EventFile.read(Path.of("..", "samples", "logs.jsonl"), new EventPlaces("service", "timestamp"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (S3Client s3 = s3();
                DynamoDbClient dynamoDb = dynamoDb();
                StreamProducer producer = StreamProducer.start(ProducerConfig.builder().stream("logs")
                        .endpoint(localStack.getEndpoint())
                        .region(localStack.getRegion())
                        .build())) {
            LakeCheck check = new LakeCheck(
                    new Lake(s3, "lake"),
                    new Leases(dynamoDb, "containers", "logs"),
                    new Sender(producer),
                    Clock.systemUTC(),
                    new PrintStream(said, true, UTF_8));
            assertTrue(check.run(events, PATIENCE), () -> said.toString(UTF_8) + consumer.getLogs());
        }
    }

    @Test
    void endsInOrderOnSigterm() {
        String id = consumer.getContainerId();
        DockerClient docker = consumer.getDockerClient();
        docker.stopContainerCmd(id).withTimeout(40).exec();
        assertEquals(0L, docker.inspectContainerCmd(id).exec().getState().getExitCodeLong());
        assertTrue(consumer.getLogs().contains("has ended"), consumer::getLogs);
        docker.startContainerCmd(id).exec();
    }

    private static String consumerImage() {
        return variable("CONSUMER_IMAGE", "millrace/consumer:local");
    }

    private static String variable(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }

    private static KinesisClient kinesis() {
        return configured(KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
                .build();
    }

    private static S3Client s3() {
        return configured(S3Client.builder().forcePathStyle(true).httpClientBuilder(UrlConnectionHttpClient.builder()))
                .build();
    }

    private static DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        return builder.endpointOverride(localStack.getEndpoint())
                .region(Region.of(localStack.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(localStack.getAccessKey(), localStack.getSecretKey())));
    }

    private static void closeIfStarted(AutoCloseable started) {
        try {
            if (started != null) {
                started.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop a container", e);
        }
    }
}
