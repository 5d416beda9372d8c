package io.millrace.consumer.process;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.kinesis.model.ScalingType;

/**
 * What a test of consumer processes needs: a bucket, and a stream, an application and a bucket of the test's own name.
 * The processes' logs are kept where the test fails.
 */
public final class ConsumerFixture implements BeforeEachCallback, AfterEachCallback {

    private final LocalAwsExtension aws;
    private String name;
    private Path logs;

    /** @param aws registered before this */
    public ConsumerFixture(LocalAwsExtension aws) {
        this.aws = aws;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        name = context.getRequiredTestMethod().getName().toLowerCase(Locale.ROOT);
        logs = Files.createTempDirectory("consumer-logs-");
        aws.createBucket(name);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            System.err.println("The consumers' logs are in " + logs);
        } else {
            ConsumerProcess.deleteLogs(logs);
        }
    }

    public String name() {
        return name;
    }

    public void createStream(int shards) {
        aws.createStream(name, shards);
    }

    /** Splits or merges the stream's shards, and waits until it is done. */
    public void reshard(int shards) {
        aws.kinesis()
                .updateShardCount(update ->
                        update.streamName(name).targetShardCount(shards).scalingType(ScalingType.UNIFORM_SCALING));
        aws.kinesis().waiter().waitUntilStreamExists(describe -> describe.streamName(name));
    }

    /** What puts events on the test's stream; each call's numbers begin at 0. */
    public Feed feed() {
        return new Feed(aws.kinesis(), name);
    }

    /** What lies in the test's bucket. */
    public Lake lake() {
        return new Lake(aws.s3(), name);
    }

    /** A consumer of the test's stream into its bucket. */
    public ConsumerProcess.Builder consumer(String worker) {
        return bare().set("WORKER_ID", worker).set("STREAM_NAME", name).set("TARGET_BUCKET", name);
    }

    /** A consumer that is not told what to read. */
    public ConsumerProcess.Builder bare() {
        return ConsumerProcess.builder(aws.endpoint()).logsIn(logs).set("APPLICATION_NAME", name);
    }
}
