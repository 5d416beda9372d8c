package io.millrace.consumer.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.aws.Dependency;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

class ConsumerHealthTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<ShardStatus> shards = new ArrayList<>();
    private Optional<String> namesake = Optional.empty();
    private final Dependency s3 = new Dependency("s3", () -> now);
    private final ConsumerHealth health =
            new ConsumerHealth(() -> now, Duration.ofMinutes(5), List.of(s3), () -> shards, () -> namesake);

    @Test
    void anotherLiveProcessWithThisWorkerIdIsAnObstacleAndNoDefect() {
        health.started();
        namesake = Optional.of("pod-0/5f0c9a1e42d7b386");
        assertEquals(List.of(), health.defects());
        assertTrue(health.obstacles().get(0).contains("pod-0/5f0c9a1e42d7b386"), health.obstacles()::toString);
        namesake = Optional.empty();
        assertEquals(List.of(), health.obstacles());
    }

    @Test
    void itIsHealthyButNotReadyWhileItStarts() {
        assertEquals(List.of(), health.defects());
        health.waitingFor("waiting for stream logs: it does not exist yet");
        assertEquals(List.of("waiting for stream logs: it does not exist yet"), health.obstacles());
        health.started();
        assertEquals(List.of(), health.obstacles());
    }

    @Test
    void aRecordThatWaitsOverTheLimitIsADefect() {
        health.started();
        shards.add(shard(ShardStatus.State.RUNNING, Optional.of(now), Optional.empty()));
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(List.of(), health.defects());
        now = now.plusSeconds(1);
        assertEquals(
                List.of("a record of shard logs/shardId-0 has waited for 301 s, which is over 300 s"),
                health.defects());
    }

    @Test
    void anOutageIsNoDefectHoweverLongARecordWaits() {
        health.started();
        shards.add(shard(ShardStatus.State.RUNNING, Optional.of(now), Optional.empty()));
        s3.failed(SdkClientException.create("no route to S3"));
        now = now.plus(Duration.ofHours(1));
        s3.failed(SdkClientException.create("no route to S3"));
        assertEquals(List.of(), health.defects());
        assertEquals(List.of("s3 has not answered since 2026-01-01T00:00:00Z: no route to S3"), health.obstacles());
        s3.afterExecution(null, new ExecutionAttributes());
        assertEquals(1, health.defects().size(), "S3 answers again, and the record still waits");
    }

    @Test
    void aShardThatRetriesIsNoDefect() {
        health.started();
        shards.add(shard(ShardStatus.State.RUNNING, Optional.of(now), Optional.of(now)));
        now = now.plus(Duration.ofHours(1));
        assertEquals(List.of(), health.defects());
    }

    @Test
    void aCommitThatIsRefusedAgainAndAgainIsAnObstacle() {
        health.started();
        shards.add(shard(ShardStatus.State.RUNNING, Optional.of(now), Optional.of(now)));
        now = now.plusSeconds(10);
        assertEquals(List.of(), health.obstacles());
        now = now.plusSeconds(1);
        assertEquals(
                List.of("shard logs/shardId-0 has tried the same commit again and again since 2026-01-01T00:00:00Z;"
                        + " the log says why"),
                health.obstacles());
    }

    @Test
    void aShardStoppedByADefectAndABrokenSchedulerAreDefects() {
        health.started();
        shards.add(shard(ShardStatus.State.FAILED, Optional.empty(), Optional.empty()));
        health.broken("KCL's scheduler has ended");
        assertEquals(
                List.of("KCL's scheduler has ended", "shard logs/shardId-0 is stopped by a defect"), health.defects());
    }

    @Test
    void aStoppedShardToWhichRecordsGoOnComingIsADefect() {
        health.started();
        shards.add(refusing(Duration.ofMinutes(5)));
        assertEquals(List.of(), health.defects(), "KCL learns of a lost lease a little later");
        shards.set(0, refusing(Duration.ofSeconds(301)));
        assertEquals(
                List.of(
                        "shard logs/shardId-0 takes nothing (LEASE_LOST), though its records have gone on coming for 301 s"),
                health.defects());
    }

    @Test
    void anErrorAboutTheRequestIsAnAnswerAndARefusalIsNone() {
        s3.failed(AwsServiceException.builder()
                .statusCode(412)
                .message("there already")
                .build());
        assertTrue(s3.outage().isEmpty());
        s3.failed(
                AwsServiceException.builder().statusCode(403).message("denied").build());
        assertTrue(s3.outage().isPresent());
        s3.failed(AwsServiceException.builder()
                .statusCode(404)
                .message("no such key")
                .build());
        assertTrue(s3.outage().isEmpty());
        s3.failed(AwsServiceException.builder()
                .statusCode(503)
                .message("slow down")
                .build());
        assertTrue(s3.outage().isPresent());
    }

    private static ShardStatus shard(
            ShardStatus.State state, Optional<Instant> oldestUnflushed, Optional<Instant> retryingSince) {
        return new ShardStatus(
                new ShardRef("logs", "shardId-0"),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                oldestUnflushed,
                retryingSince,
                0,
                Optional.empty());
    }

    private static ShardStatus refusing(Duration since) {
        ShardStatus stopped = shard(ShardStatus.State.LEASE_LOST, Optional.empty(), Optional.empty());
        return new ShardStatus(
                stopped.shard(),
                stopped.state(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(since));
    }
}
