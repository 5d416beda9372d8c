package io.millrace.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process's heap after garbage collections, from its GC log. */
final class Heap {

    private static final Pattern PAUSE = Pattern.compile("Pause .*?(\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private final Path log;

    Heap() throws IOException {
        this.log = Files.createTempFile("gc-", ".log");
    }

    /** What the process is to be started with. */
    String jvmOption() {
        return "-Xlog:gc:file=" + log + "::filecount=0";
    }

    /** Asks for a full collection, and returns what is left, in MB. */
    int afterFullCollection(long pid) throws IOException, InterruptedException {
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("jcmd " + pid + " GC.run answered " + code);
        }
        List<Integer> left = left("Pause Full");
        return left.get(left.size() - 1);
    }

    /** The most that any full collection left, in MB; 0 where there was none. */
    int mostAfterFull() throws IOException {
        return left("Pause Full").stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private List<Integer> left(String kind) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(kind))
                .map(PAUSE::matcher)
                .filter(Matcher::find)
                .map(matcher -> Integer.parseInt(matcher.group(2)))
                .toList();
    }
}
