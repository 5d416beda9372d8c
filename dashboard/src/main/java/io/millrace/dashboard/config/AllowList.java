package io.millrace.dashboard.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that may be seen: a name is permitted where one of the patterns fits it whole; {@code *} is any text. */
public final class AllowList {

    private final List<String> patterns;
    private final Pattern regex;

    private AllowList(List<String> patterns) {
        this.patterns = patterns;
        this.regex = Pattern.compile(patterns.stream().map(AllowList::regex).collect(Collectors.joining("|")));
    }

    /** @param list patterns separated by commas */
    public static AllowList of(String list) {
        return new AllowList(Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    public boolean permits(String name) {
        return regex.matcher(name).matches();
    }

    private static String regex(String pattern) {
        return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    @Override
    public String toString() {
        return String.join(",", patterns);
    }
}
