package io.millrace.dashboard.alert;

import static io.millrace.dashboard.alert.Alert.Severity.CRITICAL;
import static io.millrace.dashboard.alert.Alert.Severity.WARNING;

import io.millrace.dashboard.alert.Observation.SmallFiles;
import io.millrace.dashboard.config.AlertLimits;
import io.millrace.dashboard.consumer.ConsumerReport;
import io.millrace.dashboard.consumer.ConsumerStatus.Shard;
import io.millrace.dashboard.stream.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides what is worth an alert. Remembers what it saw of shards. Used by one thread. */
final class AlertRules {

    private static final String SHARD_END = "SHARD_END";

    private final AlertLimits limits;
    private final Map<String, ShardWatch> watches = new HashMap<>();

    AlertRules(AlertLimits limits) {
        this.limits = limits;
    }

    List<Alert> judge(Observation seen) {
        List<Alert> alerts = new ArrayList<>();
        consumersAway(seen, alerts);
        freshness(seen, alerts);
        shards(seen, alerts);
        deadLetters(seen, alerts);
        smallFiles(seen, alerts);
        return alerts;
    }

    private static void consumersAway(Observation seen, List<Alert> alerts) {
        for (ConsumerReport consumer : seen.consumers().consumers()) {
            if (consumer.status() == null) {
                alerts.add(Alert.of(
                        "consumer-away",
                        WARNING,
                        consumer.url().toString(),
                        "The consumer at " + consumer.url() + " does not tell its status: " + consumer.error()));
            } else if (!consumer.status().healthy()) {
                alerts.add(Alert.of(
                        "consumer-unhealthy",
                        CRITICAL,
                        consumer.status().workerId(),
                        "Consumer " + consumer.status().workerId() + " is not healthy: "
                                + String.join("; ", consumer.status().problems())));
            }
        }
    }

    private void freshness(Observation seen, List<Alert> alerts) {
        for (Shard shard : seen.consumers().activeShards().toList()) {
            Duration age = Duration.ofMillis(shard.freshnessMillis());
            if (age.compareTo(limits.freshness()) > 0) {
                String subject = shard.stream() + '/' + shard.shardId();
                alerts.add(Alert.of(
                        "freshness",
                        CRITICAL,
                        subject,
                        "The oldest event of " + subject + " that is not in the lake is " + age.toSeconds()
                                + " s old; the limit is " + limits.freshness().toSeconds() + " s"));
            }
        }
    }

    private void shards(Observation seen, List<Alert> alerts) {
        // Without an answer from DynamoDB nothing is learnt, and nothing is forgotten.
        if (!seen.leases().isEmpty()) {
            watches.keySet().retainAll(seen.leases().keySet());
        }
        seen.leases().forEach((subject, lease) -> {
            ShardWatch watch = watches.computeIfAbsent(subject, key -> new ShardWatch());
            watch.see(lease, seen.time());
            if (watch.recentSwitches() > limits.ownerSwitches()) {
                alerts.add(Alert.of(
                        "lease-flapping",
                        WARNING,
                        subject,
                        subject + " has changed its owner " + watch.recentSwitches() + " times in "
                                + ShardWatch.SWITCH_WINDOW.toMinutes() + " minutes"));
            }
            stuck(subject, lease, watch, seen, alerts);
        });
    }

    private void stuck(String subject, Lease lease, ShardWatch watch, Observation seen, List<Alert> alerts) {
        Duration unmoved = watch.unmovedFor(seen.time());
        if (unmoved.compareTo(limits.stuck()) <= 0 || lease.checkpoint().equals(SHARD_END)) {
            return;
        }
        boolean waiting = seen.consumers()
                .activeShards()
                .filter(shard -> subject.equals(shard.stream() + '/' + shard.shardId()))
                .anyMatch(shard -> shard.freshnessMillis() > limits.stuck().toMillis() || shard.retryingMillis() > 0);
        boolean orphaned = lease.owner().isEmpty();
        if (waiting || orphaned) {
            alerts.add(Alert.of(
                    "stuck-shard",
                    CRITICAL,
                    subject,
                    subject + " has not committed for " + unmoved.toSeconds() + " s"
                            + (orphaned ? ", and no worker has its lease" : " while records wait")));
        }
    }

    private static void deadLetters(Observation seen, List<Alert> alerts) {
        seen.deadLetters().forEach((bucket, objects) -> {
            if (objects > 0) {
                alerts.add(Alert.of(
                        "dead-letters",
                        WARNING,
                        bucket,
                        bucket + " has " + objects + (objects == 1 ? " object" : " objects")
                                + " of dead letters; millrace-consumer redrive puts them back on the stream"));
            }
        });
    }

    private void smallFiles(Observation seen, List<Alert> alerts) {
        seen.smallFiles().forEach((bucket, hours) -> {
            if (!hours.isEmpty()) {
                SmallFiles worst = hours.get(0);
                alerts.add(Alert.of(
                        "small-files",
                        WARNING,
                        bucket,
                        bucket + " has " + hours.size() + " service-hours with more than " + limits.smallFiles()
                                + " small objects; the worst is " + worst.hour().service() + " at "
                                + worst.hour().hour() + " with " + worst.small()
                                + ": raise the consumer's FLUSH_INTERVAL or FLUSH_BYTES"));
            }
        });
    }
}
