package io.millrace.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One folder of Terraform's files, read as far as its names go. {@code terraform validate} knows more, but needs the AWS
 * provider, which not every machine has; {@code .ci/run} runs it where it can be had.
 */
final class TerraformFolder {

    private final Path folder;
    private final String text;

    TerraformFolder(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder all = new StringBuilder();
        for (Path file : Repository.files(folder, ".tf")) {
            if (file.getParent().equals(folder)) {
                all.append(Files.readString(file).replaceAll("(?m)^\\s*#.*$", ""))
                        .append('\n');
            }
        }
        text = all.toString();
    }

    Set<String> variables() {
        return blocks("variable").keySet();
    }

    /** Those that the caller must give. */
    Set<String> required() {
        return blocks("variable").entrySet().stream()
                .filter(block -> !Pattern.compile("(?m)^ {2}default\\s*=")
                        .matcher(block.getValue())
                        .find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> outputs() {
        return blocks("output").keySet();
    }

    /** The modules called, with the text of each call. */
    Map<String, String> calls() {
        return blocks("module");
    }

    /** The folder that a call names. */
    TerraformFolder source(String call) throws IOException {
        Matcher source = Pattern.compile("(?m)^ {2}source\\s*=\\s*\"([^\"]+)\"").matcher(call);
        if (!source.find()) {
            throw new IllegalStateException("a module without source in " + folder);
        }
        return new TerraformFolder(folder.resolve(source.group(1)).normalize());
    }

    /** What a call gives, beside what Terraform itself takes. */
    static Set<String> arguments(String call) {
        Set<String> arguments = found("(?m)^ {2}([a-z_]+)\\s*=", call);
        arguments.removeAll(Set.of("source", "for_each", "count", "depends_on", "providers"));
        return arguments;
    }

    Set<String> usedVariables() {
        return found("\\bvar\\.([a-z_0-9]+)", text);
    }

    Set<String> usedLocals() {
        return found("\\blocal\\.([a-z_0-9]+)", text);
    }

    Set<String> locals() {
        Set<String> names = new TreeSet<>();
        Matcher blocks = Pattern.compile("(?ms)^locals \\{\n(.*?)^\\}").matcher(text);
        while (blocks.find()) {
            names.addAll(found("(?m)^ {2}([a-z_0-9]+)\\s*=", blocks.group(1)));
        }
        return names;
    }

    /** {@code module.NAME.OUTPUT}, also through an index, as "NAME.OUTPUT". */
    Set<String> usedOutputs() {
        Set<String> used = new TreeSet<>();
        Matcher uses = Pattern.compile("\\bmodule\\.([a-z_]+)(?:\\[[^\\]]+\\])?\\.([a-z_]+)")
                .matcher(text);
        while (uses.find()) {
            used.add(uses.group(1) + "." + uses.group(2));
        }
        return used;
    }

    /** Each {@code resource "TYPE" "NAME"} as TYPE.NAME. */
    Set<String> resources() {
        Set<String> names = new TreeSet<>();
        Matcher blocks =
                Pattern.compile("(?m)^resource \"([^\"]+)\" \"([^\"]+)\"").matcher(text);
        while (blocks.find()) {
            names.add(blocks.group(1) + "." + blocks.group(2));
        }
        return names;
    }

    /** What a moved block names was there once. */
    Set<String> usedResources() {
        String now = text.replaceAll("(?m)^ {2}from\\s*=.*$", "");
        return found("(?<![a-z_.\"])(aws_[a-z0-9_]+\\.[a-z_0-9]+)", now);
    }

    private Map<String, String> blocks(String kind) {
        Map<String, String> blocks = new TreeMap<>();
        Matcher matcher = Pattern.compile("(?ms)^" + kind + " \"([^\"]+)\" \\{\n(.*?)^\\}")
                .matcher(text);
        while (matcher.find()) {
            blocks.put(matcher.group(1), matcher.group(2));
        }
        return blocks;
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return Repository.TERRAFORM.relativize(folder).toString();
    }
}
