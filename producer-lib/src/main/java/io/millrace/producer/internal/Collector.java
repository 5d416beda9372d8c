package io.millrace.producer.internal;

import io.millrace.producer.Ordering;
import io.millrace.producer.ProducerConfig;
import java.util.ArrayList;
import java.util.List;

/** Fills a request with what is due, lane by lane, each request beginning at another lane. Owned by the loop's thread. */
final class Collector {
    private final ProducerConfig config;
    private final Packer packer;
    private final Lanes lanes;
    private final boolean gated;
    private final long rideAlongNanos;
    private int turn;

    Collector(ProducerConfig config, Packer packer, Lanes lanes) {
        this.config = config;
        this.packer = packer;
        this.lanes = lanes;
        this.gated = config.ordering() == Ordering.KEY;
        // What would be due soon anyway shares the request; half-empty shared records are not hurried.
        long linger = config.linger().toNanos();
        this.rideAlongNanos = Packer.fillsRecords(config) ? linger / 2 : linger;
    }

    /** The next request's records; empty where nothing is due. */
    List<OutRecord> collect(long now, boolean force) {
        List<Lane> all = new ArrayList<>(lanes.all());
        all.forEach(lane -> lane.release(now));
        boolean hurry = force || lanes.backlog(now);
        Request request = new Request();
        if (all.stream().noneMatch(lane -> lane.open(now) && lane.due(now, hurry))) {
            return request.records;
        }
        turn = (turn + 1) % all.size();
        for (int i = 0; i < all.size() && !request.full; i++) {
            Lane lane = all.get((turn + i) % all.size());
            if (lane.due(now + rideAlongNanos, hurry)) {
                fill(request, lane, now);
            }
        }
        return request.records;
    }

    private void fill(Request request, Lane lane, long now) {
        Slot slot = lane.next();
        while (slot != null && lane.open(now)) {
            if (!request.hasRoomFor(slot)) {
                request.full = true;
                return;
            }
            OutRecord record = packer.pack(slot, request.groupLimit - request.events, now);
            request.add(record);
            lane.rate.take(record.size());
            if (gated) {
                slot.busy = true;
                lane.served(slot);
            }
            slot = lane.next();
        }
    }

    private final class Request {
        final List<OutRecord> records = new ArrayList<>();
        private long bytes;
        private int events;
        private int groupLimit = Integer.MAX_VALUE;
        private boolean full;

        boolean hasRoomFor(Slot slot) {
            if (records.isEmpty()) {
                return true;
            }
            int limit = Math.min(groupLimit, slot.queue.getFirst().groupLimit);
            return records.size() < config.batchRecords()
                    && events < limit
                    && bytes + packer.nextSize(slot) <= config.batchBytes();
        }

        void add(OutRecord record) {
            records.add(record);
            bytes += record.size();
            events += record.events().size();
            record.events().forEach(event -> {
                event.attempts++;
                groupLimit = Math.min(groupLimit, event.groupLimit);
            });
        }
    }
}
