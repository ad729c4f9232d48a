// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.docs;

import dev.tollgate.scenarios.house.Rooms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a document names must exist. Reads the words between back quotes, links, and paths in running text; examples in
/// fenced blocks are left alone, except for the commands that they show.
final class DocsRules {
    /// Names that documents may use as examples or patterns, though no type has them.
    private static final Set<String> EXAMPLES =
            Set.of("FakeX", "Util", "Helper", "Manager", "Impl", "Base", "Properties");

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern FIRST_WORD = Pattern.compile("`([a-z-]+)[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w./-])(?:docs|tools|\\.ci|\\.mvn|\\d\\d-[a-z]+)/[\\w./-]*[\\w/]");

    /// A kind of thing that words between back quotes claim to be.
    ///
    /// @param name  for the finding
    /// @param shape words of this kind; the first group is what is looked up
    /// @param holds whether it exists
    private record Kind(String name, Pattern shape, BiPredicate<Known, String> holds) {
        Kind(String name, String shape, BiPredicate<Known, String> holds) {
            this(name, Pattern.compile(shape), holds);
        }
    }

    /// The first kind whose shape fits decides.
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "room",
                    "(\\d\\d-[a-z]+)",
                    (_, room) ->
                            Rooms.ALL.stream().anyMatch(known -> known.folder().equals(room))),
            new Kind(
                    "file",
                    "([\\w.-]+\\.(?:md|java|sh|xml|tsv|json|sql|cedar|cedarschema|yaml)|Makefile|LICENSE|mvnw)",
                    Known::hasFile),
            new Kind("type", "dev\\.tollgate(?:\\.[a-z]+)*\\.([A-Z]\\w*)", Known::hasType),
            new Kind(
                    "type",
                    "([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#(<].*)?",
                    (known, type) -> EXAMPLES.contains(type) || known.hasType(type)),
            new Kind("endpoint", "(?:(?:GET|POST|DELETE) )?(/[a-z.][\\w./-]*).*", Known::inSources),
            new Kind("variable", "(TOLLGATE_[A-Z_]+)", Known::inSources),
            new Kind("property", "-D(tollgate\\.[\\w.]+)(?:=.*)?", Known::inSources),
            new Kind("option", "(--[a-z][a-z-]+)(?: .*)?", Known::inSources));

    private static final Pattern MAKE = Pattern.compile("(?:^|`)make (-s )?([a-z-]+)");
    private static final Pattern COMMAND = Pattern.compile("(?:^|`)(?:\\./)?tollgate ([a-z-]+)");
    private static final Pattern REQUIREMENT = Pattern.compile("\\b(?:S[0-4]|B)-\\d+\\b");

    private DocsRules() {}

    /// One `path:line: what` a claim that does not hold.
    static List<String> check(String path, String text, Known known) {
        List<String> found = new ArrayList<>();
        boolean fenced = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("```")) {
                fenced = !fenced;
                continue;
            }
            String at = path + ":" + number + ": ";
            commands(line, known).forEach(what -> found.add(at + what));
            if (!fenced) {
                claims(line, known).forEach(what -> found.add(at + what));
            }
        }
        return found;
    }

    private static List<String> commands(String line, Known known) {
        List<String> found = new ArrayList<>();
        for (Matcher make = MAKE.matcher(line); make.find(); ) {
            if (!known.targets().contains(make.group(2))) {
                found.add("no make target `" + make.group(2) + "`");
            }
        }
        for (Matcher command = COMMAND.matcher(line); command.find(); ) {
            String first = command.group(1);
            if (!known.inSources("name = \"" + first + "\"")) {
                found.add("no command `tollgate " + first + "`");
            }
        }
        return found;
    }

    private static List<String> claims(String line, Known known) {
        List<String> found = new ArrayList<>();
        for (Matcher span = SPAN.matcher(line); span.find(); ) {
            claim(span.group(1), known, found);
        }
        for (Matcher link = LINK.matcher(line); link.find(); ) {
            need(known.hasPath(link.group(1)), "no file for link `" + link.group(1) + "`", found);
        }
        for (Matcher path = PATH.matcher(line); path.find(); ) {
            need(known.hasPath(path.group()), "no path `" + path.group() + "`", found);
        }
        for (Matcher id = REQUIREMENT.matcher(line); id.find(); ) {
            need(known.ids().contains(id.group()), "no requirement " + id.group(), found);
        }
        if (line.contains("`make` lists")) {
            FIRST_WORD
                    .matcher(line)
                    .results()
                    .map(span -> span.group(1))
                    .filter(word -> !word.equals("make"))
                    .forEach(
                            target -> need(known.targets().contains(target), "no make target `" + target + "`", found));
        }
        return found;
    }

    private static void claim(String words, Known known, List<String> found) {
        for (Kind kind : KINDS) {
            Matcher fits = kind.shape().matcher(words);
            if (fits.matches()) {
                boolean holds = kind.holds().test(known, fits.group(1));
                need(holds, "no " + kind.name() + " `" + fits.group(1) + "`", found);
                return;
            }
        }
    }

    private static void need(boolean holds, String what, List<String> found) {
        if (!holds) {
            found.add(what);
        }
    }
}
