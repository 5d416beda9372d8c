package io.millrace.consumer.kcl;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import software.amazon.kinesis.exceptions.internal.BlockedOnParentShardException;

/**
 * Keeps out of the log what KCL reports as an error, with its stack, every second: that a merged shard's end waits until
 * the lease of the shard it was merged with is there, and that a stream is not read here. It is said in one line a shard, or
 * a stream, instead. Thread-safe.
 */
public final class KclNoise extends TurboFilter {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger("io.millrace.consumer");
    private static final int REMEMBERED = 10_000;

    private final Set<Object> told = ConcurrentHashMap.newKeySet();

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        if (thrown instanceof UnservedStreamException && isNew(thrown.getMessage())) {
            log.warn("{}", thrown.getMessage());
        }
        if (thrown instanceof BlockedOnParentShardException) {
            Object shard = arguments == null || arguments.length == 0 ? "unknown" : arguments[0];
            if (isNew(shard)) {
                log.info("The end of shard {} waits for the shard that it was merged with", shard);
            }
        }
        boolean isSaid = thrown instanceof UnservedStreamException || thrown instanceof BlockedOnParentShardException;
        return isSaid ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private boolean isNew(Object what) {
        if (told.size() >= REMEMBERED) {
            told.clear();
        }
        return told.add(what);
    }
}
