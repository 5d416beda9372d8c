package io.millrace.consumer.chaos;

import io.millrace.localaws.fault.Faults;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Rounds of disturbance under load, and after every few an audit: load stopped, faults gone, workers revived, every event
 * in the lake once. A disturbance may outlast its round, so that they overlap.
 */
final class ChaosRun {

    private static final int WORKERS = 3;
    private static final int FIRST_SHARDS = 2;
    private static final int MOST_A_ROUND = 3;
    private static final Duration TICK = Duration.ofMillis(100);

    private final ChaosOptions options;
    private final PrintStream out;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final Map<Disturbance, Integer> done = new EnumMap<>(Disturbance.class);
    private final List<Disturbance> pack = new ArrayList<>();
    private int faultyCalls;

    ChaosRun(ChaosOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.random = new Random(options.seed());
    }

    /** @throws IllegalStateException where the lake is not exact, or a worker did what it must not */
    Verdict run() throws IOException, InterruptedException {
        out.println("seed " + options.seed() + ", " + options.rounds() + " rounds, " + WORKERS + " workers, "
                + options.eventsPerSecond() + " events/s");
        try (Cloud cloud = Cloud.start(FIRST_SHARDS, options.seed());
                Fleet fleet = new Fleet(cloud.aws().endpoint(), WORKERS)) {
            Tally tally = new Tally(cloud.bucket());
            awaitUp(fleet);
            for (int round = 1; round <= options.rounds(); ) {
                try (Load load = Load.start(
                        cloud.kinesis(),
                        ledger,
                        options.eventsPerSecond(),
                        new InputForms(new Random(random.nextLong())))) {
                    int last = Math.min(options.rounds(), round + options.roundsPerCheck() - 1);
                    for (; round <= last; round++) {
                        round(round, cloud, fleet);
                    }
                }
                settle(cloud, fleet, tally);
            }
            fleet.end();
            tally.refresh();
            return check(new Verdict(
                    options.rounds(),
                    ledger.audit(tally),
                    count(Disturbance.KILL),
                    count(Disturbance.FREEZE),
                    count(Disturbance.STOP),
                    count(Disturbance.RESHARD),
                    faultyCalls));
        }
    }

    private void awaitUp(Fleet fleet) throws IOException, InterruptedException {
        long end = System.nanoTime() + options.settling().toNanos();
        while (!fleet.isIdle()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the workers are not up within " + options.settling());
            }
            pass(TICK, fleet);
        }
    }

    private void round(int round, Cloud cloud, Fleet fleet) throws IOException, InterruptedException {
        List<String> what = new ArrayList<>();
        int disturbances = 1 + random.nextInt(MOST_A_ROUND);
        for (int i = 0; i < disturbances; i++) {
            Disturbance disturbance = draw();
            if (!disturb(disturbance, cloud, fleet)) {
                disturbance = Disturbance.FAULT; // nobody is to spare, or the last resharding is under way
                disturb(disturbance, cloud, fleet);
            }
            done.merge(disturbance, 1, Integer::sum);
            what.add(disturbance.name().toLowerCase(Locale.ROOT));
            pass(millis(0, 1_000), fleet);
        }
        pass(millis(1_000, 3_000), fleet);
        out.println("round " + round + ": " + String.join(", ", what) + "; " + ledger.count() + " events put");
    }

    /** As from a shuffled pack of cards: each kind comes as often as the others. */
    private Disturbance draw() {
        if (pack.isEmpty()) {
            pack.addAll(Disturbance.ALL);
            Collections.shuffle(pack, random);
        }
        return pack.remove(pack.size() - 1);
    }

    /** Whether there was something to disturb. */
    private boolean disturb(Disturbance disturbance, Cloud cloud, Fleet fleet)
            throws IOException, InterruptedException {
        if (disturbance == Disturbance.RESHARD) {
            return cloud.reshard(2 + (cloud.openShards() - 2 + 1 + random.nextInt(2)) % 3);
        }
        if (disturbance == Disturbance.FAULT) {
            cloud.aws().faults().add(FaultDraw.next(random));
            return true;
        }
        cloud.aws().faults().add(FaultDraw.slowPuts());
        Optional<Worker> worker = fleet.victim(random);
        if (worker.isEmpty()) {
            return false;
        }
        switch (disturbance) {
            case KILL -> worker.get().kill(millis(0, 6_000));
            case FREEZE -> worker.get().freeze(millis(4_000, 12_000));
            default -> worker.get().stop();
        }
        return true;
    }

    private void settle(Cloud cloud, Fleet fleet, Tally tally) throws IOException, InterruptedException {
        Faults faults = cloud.aws().faults();
        faultyCalls += faults.list().stream().mapToInt(Faults.Listed::hits).sum();
        faults.clear();
        long start = System.nanoTime();
        boolean isIdle = false;
        while (!isIdle && System.nanoTime() - start < options.settling().toNanos()) {
            pass(Duration.ofMillis(500), fleet);
            tally.refresh();
            // Twice the same, for a worker that has just thawed may have a put under way.
            isIdle = ledger.audit(tally).isComplete() && fleet.isIdle() && tally.refresh() == 0;
        }
        Audit audit = ledger.audit(tally);
        out.println("  settled in " + (System.nanoTime() - start) / 1_000_000_000 + " s" + (isIdle ? "" : " (NOT IDLE)")
                + ": " + audit + " in " + tally.objects() + " objects");
        if (!isIdle) {
            out.println(fleet.describe());
        }
        if (!audit.isExact() || !isIdle) {
            throw new IllegalStateException("seed " + options.seed() + ": " + audit + "; " + audit.examples());
        }
    }

    private Verdict check(Verdict verdict) {
        out.println(verdict);
        if (!verdict.audit().isExact()) {
            throw new IllegalStateException(verdict + "; " + verdict.audit().examples());
        }
        return verdict;
    }

    /** Lets time go by, and revives whom it is time to revive. */
    private static void pass(Duration time, Fleet fleet) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        do {
            fleet.tick();
            Thread.sleep(TICK.toMillis());
        } while (System.nanoTime() < end);
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    private int count(Disturbance disturbance) {
        return done.getOrDefault(disturbance, 0);
    }
}
