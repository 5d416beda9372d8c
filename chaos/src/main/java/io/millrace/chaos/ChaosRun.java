package io.millrace.chaos;

import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Faults;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Rounds of disturbance under load, and after every few an audit: load stopped, faults gone, workers revived, every event
 * in the lake once. A disturbance may outlast its round, so that they overlap.
 */
final class ChaosRun {

    private static final int WORKERS = 3;
    private static final int MOST_A_ROUND = 3;
    private static final Duration TICK = Duration.ofMillis(100);

    private final ChaosOptions options;
    private final PrintStream out;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final Map<Disturbance, Integer> done = new EnumMap<>(Disturbance.class);
    private final List<Disturbance> pack = new ArrayList<>();
    private int faultyCalls;
    private int staleItems;

    ChaosRun(ChaosOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.random = new Random(options.seed());
    }

    /** @throws IllegalStateException where the lake is not exact, or a worker did what it must not */
    Verdict run() throws IOException, InterruptedException {
        out.println("seed " + options.seed() + ", " + options.rounds() + " rounds, " + WORKERS + " workers, "
                + options.shards() + " shards, " + ChaosOptions.EVENTS_PER_SECOND + " events/s; "
                + options.kinds().stream().map(Disturbance::word).collect(Collectors.joining(", "))
                + (options.dedupe() ? "; dedupe" : "") + (options.careless() ? "; careless" : ""));
        try (Cloud cloud = Cloud.start(options.shards(), settings());
                Fleet fleet = new Fleet(cloud.aws().endpoint(), WORKERS, options)) {
            Tally tally = new Tally(cloud.buckets());
            Disturber disturber = new Disturber(options, random, cloud, fleet, tally);
            awaitUp(fleet);
            for (int round = 1; round <= options.rounds(); ) {
                disturber.begin();
                try (Load load = load(cloud)) {
                    int last = Math.min(options.rounds(), round + options.roundsPerCheck() - 1);
                    for (; round <= last; round++) {
                        round(round, disturber, fleet);
                    }
                }
                settle(cloud, fleet, tally);
            }
            fleet.end();
            tally.refresh();
            return check(new Verdict(options.rounds(), ledger.audit(tally), done, faultyCalls, staleItems));
        }
    }

    private LocalAwsSettings settings() {
        LocalAwsSettings settings = LocalAwsSettings.ephemeral().withFaultSeed(options.seed());
        return options.takesObjects() ? settings.withRetention(ChaosOptions.RETENTION) : settings;
    }

    private Load load(Cloud cloud) {
        InputForms forms = new InputForms(new Random(random.nextLong()));
        Random chance = new Random(random.nextLong());
        Optional<Copies> copies = options.dedupe() ? Optional.of(new Copies(ledger, chance)) : Optional.empty();
        return Load.start(cloud.kinesis(), ledger, ChaosOptions.EVENTS_PER_SECOND, forms, copies);
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

    private void round(int round, Disturber disturber, Fleet fleet) throws IOException, InterruptedException {
        List<String> what = new ArrayList<>();
        int disturbances = 1 + random.nextInt(MOST_A_ROUND);
        for (int i = 0; i < disturbances; i++) {
            Disturbance disturbance = draw();
            if (!disturber.disturb(disturbance)) {
                disturbance = Disturbance.FAULT; // nobody is to spare, or the last resharding is under way
                disturber.disturb(disturbance);
            }
            done.merge(disturbance, 1, Integer::sum);
            what.add(disturbance.word());
            pass(disturber.millis(0, 1_000), fleet);
        }
        pass(disturber.millis(1_000, 3_000), fleet);
        out.println("round " + round + ": " + String.join(", ", what) + "; " + ledger.count() + " events put");
    }

    /** As from a shuffled pack of cards: each kind comes as often as the others. */
    private Disturbance draw() {
        if (pack.isEmpty()) {
            options.kinds().stream().filter(kind -> !kind.isPermanent()).forEach(pack::add);
            Collections.shuffle(pack, random);
        }
        return pack.remove(pack.size() - 1);
    }

    private void settle(Cloud cloud, Fleet fleet, Tally tally) throws IOException, InterruptedException {
        Faults faults = cloud.aws().faults();
        for (Faults.Listed listed : faults.list()) {
            if (listed.fault().effect() instanceof Effect.StaleReads) {
                staleItems += listed.hits();
            } else {
                faultyCalls += listed.hits();
            }
        }
        faults.clear();
        fleet.endRivals();
        long start = System.nanoTime();
        boolean isIdle = false;
        // What is doubled once stays so: no need to wait for the rest.
        while (!isIdle
                && ledger.audit(tally).hasOnlyMissing()
                && System.nanoTime() - start < options.settling().toNanos()) {
            pass(Duration.ofMillis(500), fleet);
            tally.refresh();
            // Twice the same, for a worker that has just thawed may have a put under way.
            isIdle = ledger.audit(tally).isComplete() && fleet.isIdle() && tally.refresh() == 0;
        }
        Audit audit = ledger.audit(tally);
        out.println((isIdle ? "  settled in " : "  not settled after ") + (System.nanoTime() - start) / 1_000_000_000
                + " s" + ": " + audit + " in " + tally.objects() + " objects");
        if (!isIdle && audit.hasOnlyMissing()) {
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
}
