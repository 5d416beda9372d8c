package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.producer.ProducerConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(ProducerConfig.builder().build());
    private long ordinal;

    @Test
    void lateEventsAreTakenFromBehindThoseThatAreInTheSpillFileAnyway() {
        Event spilled = add("spilled", 10);
        spilled.fromSpill = true;
        Event late = add("late", 10);
        Event inTime = add("in time", 20);
        Event behindThat = add("behind that", 10);

        assertEquals(List.of(late), lanes.removeOlderThan(15));

        assertEquals(List.of(spilled, inTime, behindThat), lanes.removeAll(), "what is in order stays in order");
    }

    @Test
    void whatIsTakenOutCountsNoMore() {
        add("one", 10).fromSpill = true;
        add("two", 10);
        Lane lane = lanes.all().iterator().next();
        lanes.removeOlderThan(15);
        assertEquals(1, lane.queuedEvents());
        assertEquals("key".length() + "one".length(), lane.queuedBytes());
        lanes.removeAll();
        assertEquals(0, lane.queuedEvents());
        assertEquals(0, lane.queuedBytes());
    }

    private Event add(String text, long acceptedAt) {
        Event event = new Event("key", text.getBytes(StandardCharsets.UTF_8), acceptedAt, new CompletableFuture<>());
        event.ordinal = ordinal++;
        lanes.add(event, acceptedAt);
        return event;
    }
}
