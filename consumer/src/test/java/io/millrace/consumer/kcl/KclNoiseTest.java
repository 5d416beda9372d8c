package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.exceptions.internal.BlockedOnParentShardException;

class KclNoiseTest {

    private final Logger own = (Logger) LoggerFactory.getLogger("io.millrace.consumer");
    private final Level level = own.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final KclNoise noise = new KclNoise();

    @BeforeEach
    void listen() {
        lines.start();
        own.setLevel(Level.INFO);
        own.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        own.detachAppender(lines);
        own.setLevel(level);
    }

    @Test
    void aBlockedEndIsSaidOnceAShardAndInOneLine() {
        for (int i = 0; i < 3; i++) {
            assertEquals(FilterReply.DENY, decide(new BlockedOnParentShardException("waits"), "shardId-7"));
        }
        assertEquals(FilterReply.DENY, decide(new BlockedOnParentShardException("waits"), "shardId-8"));
        assertEquals(
                List.of(
                        "The end of shard shardId-7 waits for the shard that it was merged with",
                        "The end of shard shardId-8 waits for the shard that it was merged with"),
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void aBlockedEndWithoutArgumentsIsKeptOutToo() {
        assertEquals(
                FilterReply.DENY,
                noise.decide(null, own, Level.ERROR, "failed", null, new BlockedOnParentShardException("waits")));
    }

    @Test
    void everythingElseIsLogged() {
        assertEquals(FilterReply.NEUTRAL, decide(new IllegalStateException("another"), "shardId-7"));
        assertEquals(FilterReply.NEUTRAL, decide(null, "shardId-7"));
        assertEquals(List.of(), lines.list);
    }

    private FilterReply decide(Throwable thrown, String shard) {
        return noise.decide(null, own, Level.ERROR, "Task of shard {} failed", new Object[] {shard}, thrown);
    }
}
