package io.millrace.producer.internal;

import io.millrace.producer.ProducerMetrics;
import io.millrace.producer.RecordRejectedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes each request's reply apart: what is settled, what is sent again and when. Owned by the loop's thread. */
final class Replies {
    private final Lanes lanes;
    private final Shards shards;
    private final Misrouted misrouted;
    private final Deliveries deliveries;
    private final ProducerMetrics metrics;
    private final DeliveryLog log;
    private final Backoff backoff;

    private int failures;
    private long pausedUntil;
    private String lastProblem = "none";

    Replies(
            Lanes lanes,
            Shards shards,
            Misrouted misrouted,
            Deliveries deliveries,
            ProducerMetrics metrics,
            DeliveryLog log,
            Backoff backoff) {
        this.lanes = lanes;
        this.shards = shards;
        this.misrouted = misrouted;
        this.deliveries = deliveries;
        this.metrics = metrics;
        this.log = log;
        this.backoff = backoff;
    }

    /** Whether the last request failed as a whole: then one at a time probes. */
    boolean endpointFails() {
        return failures > 0;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    String lastProblem() {
        return lastProblem;
    }

    void take(List<OutRecord> records, PutReply reply, long now) {
        if (reply instanceof PutReply.Answered answered) {
            failures = 0;
            Set<Lane> refused = new HashSet<>();
            for (int i = 0; i < records.size(); i++) {
                take(records.get(i), answered.outcomes().get(i), refused, now);
            }
        } else if (reply instanceof PutReply.Failed failed) {
            if (failed.outcome() instanceof PutOutcome.Rejected rejected) {
                narrowDown(records, rejected, now);
            } else if (failed.outcome() instanceof PutOutcome.Retryable retryable) {
                retryAll(records, retryable, now);
            }
        }
    }

    private void take(OutRecord record, PutOutcome outcome, Set<Lane> refused, long now) {
        Lane lane = record.slot().lane;
        if (outcome instanceof PutOutcome.Delivered delivered) {
            lane.delivered();
            boolean surprise = record.predicted()
                    .filter(p -> !p.shardId().equals(delivered.shardId()))
                    .isPresent();
            if (surprise) {
                shards.suspect(now);
            }
            if (surprise && record.mixed()) {
                misrouted.add(record, delivered, now);
                return;
            }
            deliveries.delivered(record, delivered);
            lanes.goOn(record.slot(), now);
        } else if (outcome instanceof PutOutcome.Retryable retryable) {
            problem(retryable, 1, now);
            long notBefore = now;
            if (!retryable.throttled()) {
                notBefore = now + backoff.nanos(record.events().get(0).attempts);
            } else if (refused.add(lane)) {
                slowDown(lane, now);
            }
            lanes.sendAgain(record.slot(), record.events(), notBefore, now);
        } else if (outcome instanceof PutOutcome.Rejected rejected) {
            narrowDown(List.of(record), rejected, now);
        }
    }

    private void slowDown(Lane lane, long now) {
        lane.rate.refused(now);
        lane.pause(now + backoff.nanos(lane.countRefusal()));
    }

    private void retryAll(List<OutRecord> records, PutOutcome.Retryable retryable, long now) {
        problem(retryable, records.size(), now);
        if (retryable.throttled()) {
            records.stream().map(record -> record.slot().lane).distinct().forEach(lane -> slowDown(lane, now));
        } else {
            failures++;
            pausedUntil = now + backoff.nanos(failures);
        }
        if (retryable.code().equals(SdkErrors.STREAM_MISSING)) {
            shards.streamMissing(now);
        }
        records.forEach(record -> lanes.sendAgain(record.slot(), record.events(), now, now));
    }

    /** Refused for what is in them: smaller requests and records find the event that is at fault. */
    private void narrowDown(List<OutRecord> records, PutOutcome.Rejected rejected, long now) {
        int events = records.stream().mapToInt(record -> record.events().size()).sum();
        if (events == 1) {
            reject(records.get(0), rejected, now);
            return;
        }
        for (OutRecord record : records) {
            record.events().forEach(event -> event.groupLimit = Math.max(1, events / 2));
            lanes.sendAgain(record.slot(), record.events(), now, now);
        }
    }

    private void reject(OutRecord record, PutOutcome.Rejected rejected, long now) {
        log.rejected(record.events().size(), rejected.code(), rejected.message());
        record.events()
                .forEach(event -> deliveries.rejected(
                        event,
                        new RecordRejectedException(
                                "rejected by Kinesis: " + rejected.code() + ": " + rejected.message())));
        lanes.goOn(record.slot(), now);
    }

    private void problem(PutOutcome.Retryable retryable, int records, long now) {
        lastProblem = retryable.code() + ": " + retryable.message();
        metrics.retried(retryable.code(), records);
        log.retrying(now, records, retryable.code(), retryable.message());
    }
}
