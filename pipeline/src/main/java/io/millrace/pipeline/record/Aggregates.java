package io.millrace.pipeline.record;

import io.millrace.lake.kpl.KplAggregate;
import io.millrace.lake.kpl.KplAggregate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the records of KPL aggregates in the place of each. */
public final class Aggregates {

    private Aggregates() {}

    /** The records with each {@link KplAggregate}'s parts in its place, under their sub-sequence numbers. */
    public static List<SourceRecord> takeApart(List<SourceRecord> records) {
        if (records.stream().noneMatch(record -> KplAggregate.mayBe(record.data()))) {
            return records;
        }
        List<SourceRecord> all = new ArrayList<>();
        for (SourceRecord record : records) {
            Optional<List<Part>> parts = KplAggregate.read(record.data());
            if (parts.isPresent()) {
                addAll(parts.get(), record, all);
            } else {
                all.add(record);
            }
        }
        return all;
    }

    private static void addAll(List<Part> parts, SourceRecord whole, List<SourceRecord> all) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Position position = new Position(whole.position().sequenceNumber(), i);
            all.add(new SourceRecord(position, part.partitionKey(), whole.arrival(), part.data()));
        }
    }
}
