package io.millrace.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformTest {

    static Stream<TerraformFolder> folders() throws IOException {
        List<Path> folders = Repository.files(Repository.TERRAFORM, ".tf").stream()
                .map(Path::getParent)
                .distinct()
                .toList();
        Stream.Builder<TerraformFolder> all = Stream.builder();
        for (Path folder : folders) {
            all.add(new TerraformFolder(folder));
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyNameIsDeclaredAndUsed(TerraformFolder folder) {
        assertEquals(folder.variables(), folder.usedVariables(), "variables");
        assertEquals(folder.locals(), folder.usedLocals(), "locals");
        Set<String> unknown = folder.usedResources();
        unknown.removeAll(folder.resources());
        assertEquals(Set.of(), unknown, "resources that are nowhere");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void modulesAreCalledAsTheyAreDeclared(TerraformFolder folder) throws IOException {
        for (Map.Entry<String, String> call : folder.calls().entrySet()) {
            TerraformFolder module = folder.source(call.getValue());
            Set<String> given = TerraformFolder.arguments(call.getValue());
            Set<String> unknown = new TreeSet<>(given);
            unknown.removeAll(module.variables());
            assertEquals(Set.of(), unknown, call.getKey() + " is given what it does not know");
            Set<String> missing = module.required();
            missing.removeAll(given);
            assertEquals(Set.of(), missing, call.getKey() + " is not given what it needs");
        }
        for (String use : folder.usedOutputs()) {
            String[] names = use.split("\\.");
            assertTrue(folder.calls().containsKey(names[0]), "module " + names[0] + " is not called");
            assertTrue(
                    folder.source(folder.calls().get(names[0])).outputs().contains(names[1]),
                    "module " + names[0] + " has no output " + names[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localstack", "dev", "prod"})
    void eachEnvironmentsFileGivesItsVariables(String environment) throws IOException {
        Path folder = Repository.TERRAFORM.resolve(environment);
        Set<String> given = Pattern.compile("(?m)^([a-z_]+)\\s*=")
                .matcher(Files.readString(folder.resolve(environment + ".tfvars")))
                .results()
                .map((MatchResult line) -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TerraformFolder(folder).variables(), given);
    }

    /** The environment variables that the modules give to the consumer and the function are ones that they know. */
    @ParameterizedTest
    @ValueSource(strings = {"modules/ecs-consumer/main.tf", "prod/main.tf"})
    void everySettingIsKnown(String file) throws IOException {
        Set<String> given = Pattern.compile("(?m)(?:^\\s+|\\{ )([A-Z][A-Z0-9_]+)\\s+=")
                .matcher(Files.readString(Repository.TERRAFORM.resolve(file)))
                .results()
                .map((MatchResult line) -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(given.size() > 2, file + " gives " + given);
        given.removeAll(Settings.of("consumer-settings"));
        assertEquals(Set.of(), given, "settings that the consumer does not know");
    }
}
