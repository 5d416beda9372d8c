package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in a bucket, for tests whose events carry an {@code "id"}. */
public final class Lake {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final S3Client s3;
    private final String bucket;

    public Lake(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** The keys under a prefix. */
    public List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** How often each id is there, dead letters left out. */
    public Map<String, Long> idCounts() {
        return keys("").stream()
                .filter(key -> !key.startsWith("_"))
                .flatMap(key -> read(key).lines())
                .map(Lake::id)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** An object's text; empty where it is not there: local-aws lists the file that an object is first written to. */
    public String read(String key) {
        try {
            return s3.getObject(get -> get.bucket(bucket).key(key), ResponseTransformer.toBytes())
                    .asString(StandardCharsets.UTF_8);
        } catch (NoSuchKeyException e) {
            return "";
        }
    }

    /** Waits until as many different ids are there, and then holds that each is there once. */
    public void awaitExactlyOnce(int ids) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> idCounts().size() >= ids);
        Map<String, Long> counts = idCounts();
        assertEquals(ids, counts.size());
        counts.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), counts, "ids that are there more than once");
    }

    private static String id(String line) {
        Matcher matcher = ID.matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no id in " + line);
        }
        return matcher.group(1);
    }
}
