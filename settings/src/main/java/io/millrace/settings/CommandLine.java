package io.millrace.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands on a command line: {@code --option value}, {@code --option=value}, {@code --switch} and words.
 *
 * @param texts by option; the last of an option that is given twice
 * @param words the arguments that are no options
 * @param problems one line each
 */
record CommandLine(Map<String, String> texts, List<String> words, List<String> problems) {

    static CommandLine parse(List<String> arguments, Collection<Setting<?>> known) {
        Map<String, Setting<?>> options = options(known);
        CommandLine line = new CommandLine(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (Setting.isOption(argument)) {
                line.option(argument.split("=", 2), options, rest);
            } else {
                line.words.add(argument);
            }
        }
        return line;
    }

    private void option(String[] parts, Map<String, Setting<?>> options, Iterator<String> rest) {
        String name = parts[0];
        Setting<?> setting = options.get(name);
        if (setting == null) {
            problems.add(name + " is not an option" + Names.hint(name, options.keySet()));
        } else if (parts.length == 2) {
            texts.put(name, parts[1]);
        } else if (setting.placeholder().isEmpty()) {
            texts.put(name, "true");
        } else if (rest.hasNext()) {
            texts.put(name, rest.next());
        } else {
            problems.add(name + " needs a value; allowed: " + setting.allowed());
        }
    }

    private static Map<String, Setting<?>> options(Collection<Setting<?>> known) {
        Map<String, Setting<?>> options = new LinkedHashMap<>();
        known.forEach(setting ->
                setting.names().stream().filter(Setting::isOption).forEach(name -> options.put(name, setting)));
        return options;
    }
}
