package io.millrace.lake.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB, as a reader of Hive partitions, gets back what the event said. */
class HiveReadersTest {

    private static final List<String> SERVICES = List.of(
            "api",
            "../x",
            "a=b/c",
            "%2F",
            "100%",
            "emoji 😀",
            "a+b&c",
            "quote'\"",
            "1.50",
            "true",
            "back\\slash",
            "br[ack]{et}",
            "tab\there",
            "__HIVE_DEFAULT_PARTITION__",
            "NULL",
            "ünïcode",
            "a:b*c?");

    @Test
    void duckDbReadsBackEveryName(@TempDir Path lake) throws IOException, SQLException {
        Partitioner partitioner = new Partitioner();
        Map<String, String> written = new TreeMap<>();
        for (int i = 0; i < SERVICES.size(); i++) {
            Path folder = lake.resolve(
                    partitioner.assign(SERVICES.get(i), 1_762_694_673L).path());
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("part-0.jsonl"), "{\"n\":" + i + "}\n");
            written.put(Integer.toString(i), SERVICES.get(i) + " 2025 11 09 13");
        }
        assertEquals(written, read(lake));
    }

    private static Map<String, String> read(Path lake) throws SQLException {
        String query = "select n, service, year, month, day, hour from read_json('" + lake
                + "/*/*/*/*/*/*.jsonl', format='newline_delimited', columns={n:'INT'}, hive_partitioning=true,"
                + " hive_types_autocast=false)";
        Map<String, String> found = new TreeMap<>();
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.put(
                        rows.getString("n"),
                        String.join(
                                " ",
                                rows.getString("service"),
                                rows.getString("year"),
                                rows.getString("month"),
                                rows.getString("day"),
                                rows.getString("hour")));
            }
        }
        return found;
    }
}
