package io.millrace.chaos;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code scripts/count-lake.sh}: what DuckDB finds in a folder that holds a bucket of the lake. */
final class CountLakeMain {

    private static final String PARTITION = "service, year, month, day, hour";

    private CountLakeMain() {}

    public static void main(String[] args) throws SQLException {
        // The leading underscore hides dead letters from Athena and Spark; DuckDB's pattern leaves them out.
        String lake = "read_json('" + Path.of(args[0]).toAbsolutePath() + "/service=*/**/*.jsonl',"
                + " format='newline_delimited', columns={timestamp:'JSON'}, hive_partitioning=true,"
                + " hive_types_autocast=false)";
        String query = "select count(*), count(distinct (" + PARTITION + ")), count(distinct service) from " + lake;
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = db.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            System.out.printf(
                    "DuckDB: %d rows in %d partitions of %d services%n",
                    found.getLong(1), found.getLong(2), found.getLong(3));
        }
    }
}
