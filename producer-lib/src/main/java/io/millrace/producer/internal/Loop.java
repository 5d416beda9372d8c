package io.millrace.producer.internal;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that runs a pipeline: takes what the intake has, gives the pipeline its turn, sleeps until the next. */
final class Loop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Intake intake;
    private final Pipeline pipeline;
    private final LongSupplier clock;
    private boolean stopped;

    Loop(Intake intake, Pipeline pipeline, LongSupplier clock) {
        this.intake = intake;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /** Has the loop give up what is left and end. */
    void stop() {
        intake.post(() -> {
            pipeline.abandon();
            stopped = true;
        });
    }

    @Override
    public void run() {
        long until = 0;
        while (!stopped) {
            try {
                Intake.Taken taken = intake.take(until, until - clock.getAsLong());
                taken.events().forEach(pipeline::accept);
                taken.tasks().forEach(Runnable::run);
                until = stopped ? 0 : pipeline.turn();
            } catch (InterruptedException e) {
                LOG.warn("interrupted: the producer goes on until it is closed");
            } catch (RuntimeException e) {
                LOG.error("unexpected: the producer goes on", e);
            }
        }
    }
}
