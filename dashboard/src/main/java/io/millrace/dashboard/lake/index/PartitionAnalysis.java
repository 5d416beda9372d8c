package io.millrace.dashboard.lake.index;

import io.millrace.dashboard.lake.index.BucketIndex.Leaf;
import io.millrace.dashboard.lake.index.PartitionReport.Partition;
import io.millrace.dashboard.lake.index.PartitionReport.ServiceTotal;
import io.millrace.lake.partition.HivePath;
import io.millrace.lake.partition.HivePath.ServiceHour;
import io.millrace.lake.partition.OutputPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the index as service × day × hour; calls S3 for nothing. */
public final class PartitionAnalysis {

    private PartitionAnalysis() {}

    /** @param service only this one; empty for all */
    public static PartitionReport analyse(BucketIndex index, String service, Instant from, Instant to, int limit) {
        Instant first = null;
        Instant last = null;
        List<Partition> inRange = new ArrayList<>();
        for (Leaf leaf : index.leaves((parent, name, total) -> !parent.isEmpty() || name.startsWith("service="))) {
            Optional<ServiceHour> parsed = HivePath.parse(leaf.prefix());
            if (parsed.isEmpty() || leaf.counts().objects() == 0) {
                continue;
            }
            Instant hour = parsed.get().hour();
            first = first == null || hour.isBefore(first) ? hour : first;
            last = last == null || hour.isAfter(last) ? hour : last;
            boolean wanted = service.isEmpty() || service.equals(parsed.get().service());
            if (wanted && !hour.isBefore(from) && hour.isBefore(to)) {
                inRange.add(partition(leaf, parsed.get()));
            }
        }
        inRange.sort(Comparator.comparing(Partition::hour).reversed().thenComparing(Partition::service));
        return new PartitionReport(
                index.bucket(),
                index.totals().atLeast(),
                first,
                last,
                services(inRange),
                List.copyOf(inRange.subList(0, Math.min(limit, inRange.size()))),
                Math.max(0, inRange.size() - limit),
                other(index));
    }

    private static Partition partition(Leaf leaf, ServiceHour hour) {
        return new Partition(
                hour.service(),
                hour.hour(),
                leaf.prefix(),
                leaf.counts().objects(),
                leaf.counts().bytes(),
                leaf.counts().small(),
                leaf.readObjects() == 0 ? null : leaf.readEvents(),
                leaf.readObjects());
    }

    private static List<ServiceTotal> services(List<Partition> partitions) {
        Map<String, List<Partition>> byService = new TreeMap<>();
        partitions.forEach(p -> byService
                .computeIfAbsent(p.service(), name -> new ArrayList<>())
                .add(p));
        return byService.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ServiceTotal total(String service, List<Partition> hours) {
        long objects = hours.stream().mapToLong(Partition::objects).sum();
        long bytes = hours.stream().mapToLong(Partition::bytes).sum();
        long small = hours.stream().mapToLong(Partition::small).sum();
        return new ServiceTotal(service, hours.size(), objects, bytes, (double) small / objects);
    }

    private static long other(BucketIndex index) {
        long laid = index.children("").stream()
                .filter(name -> name.startsWith("service=") || name.equals(OutputPartition.DEAD_LETTERS))
                .flatMap(name -> index.folder(name).stream())
                .mapToLong(stats -> stats.counts().objects())
                .sum();
        return index.totals().counts().objects() - laid;
    }
}
