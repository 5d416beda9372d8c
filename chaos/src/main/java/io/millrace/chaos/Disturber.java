package io.millrace.chaos;

import io.millrace.localaws.fault.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Does to the workers, the cloud and the lake what is drawn. */
final class Disturber {

    private final ChaosOptions options;
    private final Random random;
    private final Cloud cloud;
    private final Fleet fleet;
    private final LakeKeeper keeper;

    Disturber(ChaosOptions options, Random random, Cloud cloud, Fleet fleet, Tally tally) {
        this.options = options;
        this.random = random;
        this.cloud = cloud;
        this.fleet = fleet;
        this.keeper = new LakeKeeper(tally, options.leastAge());
    }

    /** What goes on until the next audit. */
    void begin() {
        Faults faults = cloud.aws().faults();
        if (options.kinds().contains(Disturbance.LAG)) {
            faults.add(FaultDraw.lag(options.lag()));
        }
        if (options.wide()) {
            faults.add(FaultDraw.latePuts());
        }
    }

    /** Whether there was something to disturb. */
    boolean disturb(Disturbance disturbance) throws IOException, InterruptedException {
        return switch (disturbance) {
            case RESHARD -> cloud.reshard(2 + (cloud.openShards() - 2 + 1 + random.nextInt(2)) % 3);
            case FAULT -> {
                cloud.aws().faults().add(FaultDraw.next(random));
                yield true;
            }
            case COMPACT -> keeper.compact();
            case EXPIRE -> keeper.expire(random);
            case LAG -> false;
            case KILL, FREEZE, STOP, DOUBLE, BUCKET, STREAMS -> {
                cloud.aws().faults().add(FaultDraw.slowPuts());
                Optional<Worker> worker = fleet.victim(random);
                yield worker.isPresent() && disturb(disturbance, worker.get());
            }
        };
    }

    private boolean disturb(Disturbance disturbance, Worker worker) throws IOException, InterruptedException {
        switch (disturbance) {
            case KILL -> worker.kill(millis(0, 6_000));
            case FREEZE -> worker.freeze(millis(4_000, 12_000));
            case DOUBLE -> {
                Rival.End[] ends = Rival.End.values();
                return worker.rival(
                        ends[random.nextInt(ends.length)],
                        options.wide() ? millis(30_000, 90_000) : millis(2_000, 12_000));
            }
            case BUCKET -> {
                worker.moveToNextBucket();
                worker.kill(millis(0, 6_000));
            }
            case STREAMS -> {
                worker.tellOtherwise();
                if (random.nextBoolean()) {
                    worker.kill(millis(0, 6_000));
                } else {
                    worker.stop();
                }
            }
            default -> worker.stop();
        }
        return true;
    }

    Duration millis(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }
}
