package io.millrace.consumer;

import io.millrace.consumer.lease.RefusedException;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.lease.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks regularly whether the streams are still there: KCL takes a deleted stream's shards for finished ones and would
 * go on for ever without work. Looks the workers up as well, and whether a roll-back took the leases away. {@link #close}
 * ends its thread.
 */
final class StreamWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamWatch.class);

    /** Kinesis allows 20 DescribeStreamSummary a second for an account (API reference). */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** What to do when there is nothing more to read. */
    record Ends(Runnable allDeleted, Consumer<RefusedException> movedBack) {}

    private final Streams streams;
    private final Workers workers;
    private final List<SourceStream> watched;
    private final List<SourceStream> left;
    private final Ends ends;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "stream-watch"));

    private StreamWatch(Streams streams, Workers workers, List<SourceStream> watched, Ends ends) {
        this.streams = streams;
        this.workers = workers;
        this.watched = List.copyOf(watched);
        this.left = new ArrayList<>(watched);
        this.ends = ends;
    }

    static StreamWatch start(Streams streams, Workers workers, List<SourceStream> watched, Ends ends) {
        StreamWatch watch = new StreamWatch(streams, workers, watched, ends);
        var unused = watch.thread.scheduleWithFixedDelay(
                watch::look, INTERVAL.toMillis() / 2, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            workers.refresh();
            workers.refuseMovedBack(watched);
            if (!left.isEmpty() && left.removeIf(this::isGone) && left.isEmpty()) {
                ends.allDeleted().run();
            }
        } catch (RefusedException e) {
            ends.movedBack().accept(e);
        } catch (Exception e) {
            log.debug("Looking after streams and workers failed; trying again", e);
        }
    }

    private boolean isGone(SourceStream stream) {
        Optional<SourceStream> now = streams.find(stream.name());
        boolean gone = now.isEmpty() || !now.get().created().equals(stream.created());
        if (gone) {
            log.error(
                    "Stream {} (made {}) was deleted{}: nothing more can be read from it",
                    stream.name(),
                    stream.created(),
                    now.isPresent()
                            ? ", and another of that name was made " + now.get().created()
                            : "");
        }
        return gone;
    }
}
