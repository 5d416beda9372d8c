package io.millrace.consumer.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.CallRetried;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsLost;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The alert rules on what seldom happens name counters that exist. scripts/check-metrics.sh asks a running system for all
 * the others.
 */
class MonitoringTest {

    private static final Set<String> SELDOM = Set.of(
            "millrace_consumer_retries_total",
            "millrace_consumer_leases_lost_total",
            "millrace_consumer_retention_gaps_total");

    private static final Pattern NAME = Pattern.compile("millrace_[a-z0-9_]+");

    @Test
    void countersOfRareEventsHaveTheNamesThatTheAlertsUse() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ConsumerMetrics metrics = new ConsumerMetrics(registry);
        ShardRef shard = new ShardRef("logs", "shardId-000000000000");
        SequenceRange range = new SequenceRange(new Position("1", 0), new Position("2", 0));
        metrics.accept(
                new CallRetried(shard, PipelineEvent.Call.PUT, 1, "503", "S3 does not answer", Duration.ofSeconds(1)));
        metrics.accept(new LeaseLost(shard, 0));
        metrics.accept(new RecordsLost(shard, range, OptionalLong.empty()));
        Set<String> served = names(registry.scrape());
        assertTrue(served.containsAll(SELDOM), served::toString);

        Set<String> used = names(Files.readString(Path.of("..", "deploy", "monitoring", "prometheus", "alerts.yml")));
        used.retainAll(SELDOM);
        assertEquals(SELDOM, used, "alerts.yml no longer has a rule on one of these");
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(found -> names.add(found.group()));
        return names;
    }
}
