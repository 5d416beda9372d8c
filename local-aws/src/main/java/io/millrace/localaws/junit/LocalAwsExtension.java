package io.millrace.localaws.junit;

import io.millrace.localaws.LocalAws;
import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.fault.Faults;
import java.net.URI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gives a test its own {@link LocalAws} on a free port, and clients for it, which are closed with it.
 *
 * <p>On a static field the instance serves all tests of the class, on an instance field each test has a fresh one:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalAwsExtension aws = LocalAwsExtension.create();
 * }</pre>
 */
public final class LocalAwsExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private final LocalAwsSettings settings;
    private LocalAws aws;
    private AwsClients clients;

    /** On a static field: the class, and those nested in it, whose tests are under way. */
    private int openClasses;

    private LocalAwsExtension(LocalAwsSettings settings) {
        this.settings = settings;
    }

    public static LocalAwsExtension create() {
        return create(LocalAwsSettings.ephemeral());
    }

    public static LocalAwsExtension create(LocalAwsSettings settings) {
        return new LocalAwsExtension(settings);
    }

    /** The running instance. */
    public LocalAws localAws() {
        if (aws == null) {
            throw new IllegalStateException("local-aws runs only during a test: is the field a @RegisterExtension?");
        }
        return aws;
    }

    public URI endpoint() {
        return localAws().endpoint();
    }

    /** Makes calls go wrong; cleared before each test. */
    public Faults faults() {
        return localAws().faults();
    }

    public KinesisClient kinesis() {
        return clients().kinesis();
    }

    public KinesisAsyncClient kinesisAsync() {
        return clients().kinesisAsync();
    }

    public DynamoDbClient dynamoDb() {
        return clients().dynamoDb();
    }

    public DynamoDbAsyncClient dynamoDbAsync() {
        return clients().dynamoDbAsync();
    }

    public S3Client s3() {
        return clients().s3();
    }

    public S3AsyncClient s3Async() {
        return clients().s3Async();
    }

    /** Creates a stream and waits until it is ACTIVE. */
    public void createStream(String name, int shards) {
        kinesis().createStream(request -> request.streamName(name).shardCount(shards));
        kinesis().waiter().waitUntilStreamExists(request -> request.streamName(name));
    }

    public void createBucket(String name) {
        s3().createBucket(request -> request.bucket(name));
    }

    private AwsClients clients() {
        localAws();
        return clients;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (openClasses++ == 0) {
            start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (openClasses == 0) {
            start();
        }
        faults().clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (openClasses == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--openClasses == 0) {
            stop();
        }
    }

    private void start() throws Exception {
        aws = LocalAws.start(settings);
        clients = new AwsClients(aws.endpoint());
    }

    private void stop() {
        try (LocalAws stopping = aws;
                AwsClients closing = clients) {
            aws = null;
            clients = null;
        }
    }
}
