package io.millrace.dashboard.aws;

import io.millrace.aws.AwsErrors;
import io.millrace.aws.AwsErrors.Kind;
import io.millrace.dashboard.util.Cached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether each AWS service answers. A service that answers with "forbidden" is reachable: what counts is the way there.
 * Thread-safe; each service is asked at most once in {@link #MAX_AGE}, however many ask.
 */
public final class Reachability {

    /** Health probes come every few seconds from several places. */
    static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** @param message why not, where it is not reachable; else empty */
    public record ServiceHealth(boolean reachable, long millis, String message) {}

    private final Map<String, Cached<ServiceHealth>> services = new LinkedHashMap<>();
    private final Executor executor;

    public Reachability(AwsClients aws, Executor executor, InstantSource clock) {
        this.executor = executor;
        services.put("kinesis", cached(() -> aws.kinesis().listStreams(r -> r.limit(1)), clock));
        services.put("s3", cached(() -> aws.s3().listBuckets(), clock));
        services.put("dynamodb", cached(() -> aws.dynamo().listTables(r -> r.limit(1)), clock));
    }

    /** All services asked at the same time, by name. */
    public Map<String, ServiceHealth> check() {
        Map<String, CompletableFuture<ServiceHealth>> answers = new LinkedHashMap<>();
        services.forEach((name, probe) -> answers.put(name, CompletableFuture.supplyAsync(probe::get, executor)));
        Map<String, ServiceHealth> health = new LinkedHashMap<>();
        answers.forEach((name, answer) -> health.put(name, answer.join()));
        return health;
    }

    private static Cached<ServiceHealth> cached(Runnable call, InstantSource clock) {
        return new Cached<>(() -> probe(call, clock), MAX_AGE, clock);
    }

    private static ServiceHealth probe(Runnable call, InstantSource clock) {
        long start = clock.millis();
        try {
            call.run();
            return new ServiceHealth(true, clock.millis() - start, "");
        } catch (SdkException e) {
            boolean answered = AwsErrors.classify(e) != Kind.UNREACHABLE;
            return new ServiceHealth(answered, clock.millis() - start, AwsErrors.message(e));
        }
    }
}
