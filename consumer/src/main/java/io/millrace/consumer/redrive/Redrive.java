package io.millrace.consumer.redrive;

import io.millrace.lake.deadletter.DeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * One run: goes through a bucket's dead letters, counts those asked for, and puts them back on their stream. Used by one
 * thread, once.
 */
public final class Redrive {

    private final RedriveOptions options;
    private final LetterBox letters;
    private final StreamWriter streams;
    private final PrintStream out;

    private final Map<String, Long> counts = new TreeMap<>();
    private long objects;
    private long wanted;
    private long before;
    private long unreadable;
    private long tooLarge;

    public Redrive(RedriveOptions options, S3AsyncClient s3, KinesisAsyncClient kinesis, PrintStream out) {
        this.options = options;
        this.letters = new LetterBox(s3, options.bucket());
        this.streams = new StreamWriter(kinesis);
        this.out = out;
    }

    /**
     * Runs.
     *
     * @return whether every letter asked for could be put, or could be put by {@code --execute}
     */
    public boolean run() {
        letters.forEachObject(options.prefix(), this::redrive);
        out.printf("%d objects under s3://%s/%s%n", objects, options.bucket(), options.prefix());
        counts.forEach((kind, count) -> out.printf("  %d letters of %s%n", count, kind));
        out.printf("  %d letters were redriven before%n", before);
        out.printf("  %d lines are no dead letters, %d letters are too large for Kinesis%n", unreadable, tooLarge);
        out.printf(
                options.execute() ? "Put back: %d letters%n" : "Dry run: --execute would put back %d letters%n",
                wanted);
        return unreadable + tooLarge == 0;
    }

    private void redrive(String key) {
        objects++;
        DoneLines done = letters.done(key);
        Batch batch = new Batch(key, done);
        try (BufferedReader lines = letters.open(key)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                redrive(key, number, line, batch);
                number++;
            }
            batch.flush();
        } catch (IOException e) {
            throw new IllegalStateException("s3://" + options.bucket() + "/" + key + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private void redrive(String key, int number, String line, Batch batch) throws InterruptedException {
        DeadLetter letter;
        try {
            letter = DeadLetter.parse(line);
        } catch (IOException e) {
            unreadable++;
            out.printf(
                    "Line %d of s3://%s/%s is no dead letter: %s%n", number + 1, options.bucket(), key, e.getMessage());
            return;
        }
        if (!options.takes(letter)) {
            return;
        }
        if (batch.done.contains(number)) {
            before++;
        } else if (StreamWriter.size(letter) > StreamWriter.LARGEST_RECORD) {
            tooLarge++;
        } else {
            wanted++;
            String stream = options.stream().orElse(letter.stream());
            counts.merge("reason " + letter.reason() + " for stream " + stream, 1L, Long::sum);
            if (options.execute()) {
                batch.add(stream, number, letter);
            }
        }
    }

    /** Letters of one object for one stream, up to one request's worth. */
    private final class Batch {

        private final String key;
        private final DoneLines done;
        private final List<PutRecordsRequestEntry> entries = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private String stream = "";
        private long bytes;

        Batch(String key, DoneLines done) {
            this.key = key;
            this.done = done;
        }

        void add(String letterStream, int number, DeadLetter letter) throws InterruptedException {
            boolean full = entries.size() == StreamWriter.MOST_RECORDS
                    || bytes + StreamWriter.size(letter) > StreamWriter.MOST_BYTES;
            if (full || !stream.equals(letterStream)) {
                flush();
            }
            stream = letterStream;
            entries.add(StreamWriter.entry(letter));
            numbers.add(number);
            bytes += StreamWriter.size(letter);
        }

        void flush() throws InterruptedException {
            if (entries.isEmpty()) {
                return;
            }
            streams.put(stream, entries);
            numbers.forEach(done::add);
            letters.note(key, done);
            entries.clear();
            numbers.clear();
            bytes = 0;
        }
    }
}
