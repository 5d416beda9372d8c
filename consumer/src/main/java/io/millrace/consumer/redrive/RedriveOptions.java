package io.millrace.consumer.redrive;

import io.millrace.lake.deadletter.DeadLetter;
import io.millrace.lake.partition.OutputPartition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What to redrive.
 *
 * @param prefix of the objects' keys, below or at {@value #ROOT}
 * @param from letters whose record arrived then or later
 * @param to letters whose record arrived before then
 * @param stream where to put them; empty: where each came from
 * @param execute false: a dry run, which counts only
 */
public record RedriveOptions(
        String bucket,
        String prefix,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> stream,
        boolean execute) {

    /** Under which dead letters lie. */
    public static final String ROOT = OutputPartition.DEAD_LETTERS;

    public static final String USAGE = """
            Puts dead letters back on the stream that they came from, or only counts them (the default).

              java -jar millrace-consumer.jar redrive [option]...

              --bucket NAME    the bucket that they lie in (TARGET_BUCKET)
              --prefix PREFIX  only objects whose key starts so (_dead-letter/),
                               as _dead-letter/reason=not-json/year=2026/month=01/
              --from TIME      only letters whose record arrived then or later, ISO-8601
              --to TIME        only letters whose record arrived before then, ISO-8601
              --stream NAME    put them on this stream instead
              --execute        put them; without it, a dry run

            It can be stopped and run again: what was put is noted under _redrive/ in the bucket, and is
            passed over. After a crash, the last request's letters (500 at most) may be put twice.
            Letters stay where they are; delete them, or let a lifecycle rule do it. The AWS settings are
            the consumer's. Exit code 0; 1 where some could not be put.
            """;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    public static RedriveOptions parse(List<String> args, String defaultBucket) {
        RedriveOptions options =
                new RedriveOptions(defaultBucket, ROOT, Optional.empty(), Optional.empty(), Optional.empty(), false);
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    private RedriveOptions with(String name, Iterator<String> words) {
        if (name.equals("--execute")) {
            return new RedriveOptions(bucket, prefix, from, to, stream, true);
        }
        if (!List.of("--bucket", "--prefix", "--from", "--to", "--stream").contains(name)) {
            throw new IllegalArgumentException("Unknown option " + name + "; see redrive --help");
        }
        if (!words.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value; see redrive --help");
        }
        String value = words.next();
        return switch (name) {
            case "--bucket" -> new RedriveOptions(value, prefix, from, to, stream, execute);
            case "--prefix" -> new RedriveOptions(bucket, deadLetters(value), from, to, stream, execute);
            case "--from" -> new RedriveOptions(bucket, prefix, time(name, value), to, stream, execute);
            case "--to" -> new RedriveOptions(bucket, prefix, from, time(name, value), stream, execute);
            default -> new RedriveOptions(bucket, prefix, from, to, Optional.of(value), execute);
        };
    }

    /** Whether a letter is within the times asked for. */
    boolean takes(DeadLetter letter) {
        return from.filter(letter.arrival()::isBefore).isEmpty()
                && to.map(letter.arrival()::isBefore).orElse(true);
    }

    private static String deadLetters(String prefix) {
        if (!prefix.startsWith(ROOT)) {
            throw new IllegalArgumentException(
                    "--prefix " + prefix + " is not allowed; allowed: one that starts with " + ROOT);
        }
        return prefix;
    }

    private static Optional<Instant> time(String name, String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " " + text
                            + " is not allowed; allowed: an ISO-8601 time with offset, as 2026-01-31T00:00:00Z",
                    e);
        }
    }
}
