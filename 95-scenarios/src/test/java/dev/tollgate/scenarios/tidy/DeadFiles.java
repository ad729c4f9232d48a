// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.tollgate.scenarios.tidy.Sources.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds source files that no other file uses. A test is its own user; so is a benchmark, and a class that a text file
/// (a pom, a script, a service file) names in full.
final class DeadFiles {
    /// Annotations whose carriers are run by a tool.
    private static final Set<String> RUN_BY_TOOLS =
            Set.of("Test", "ParameterizedTest", "TestFactory", "FuzzTest", "Benchmark");

    private DeadFiles() {}

    /// One `path: what` a file whose types nothing else names.
    ///
    /// @param others texts besides Java sources that may name a class in full
    static List<String> find(List<Parsed> sources, List<String> others) {
        Map<String, Set<String>> users = new HashMap<>();
        for (Parsed parsed : sources) {
            for (String name : names(parsed)) {
                users.putIfAbsent(name, new HashSet<>());
                users.getOrDefault(name, Set.of()).add(parsed.source().path());
            }
        }
        List<String> found = new ArrayList<>();
        for (Parsed parsed : sources) {
            String path = parsed.source().path();
            boolean used = path.endsWith("package-info.java")
                    || RUN_BY_NAME.matcher(path).find()
                    || types(parsed).stream().anyMatch(type -> usedElsewhere(users, type, path))
                    || named(parsed, others)
                    || names(parsed).stream().anyMatch(RUN_BY_TOOLS::contains);
            if (!used) {
                found.add(path + ": no other file uses it");
            }
        }
        return found;
    }

    /// What surefire or bench.sh runs by its name; a class that only inherits its tests has no annotation of its own.
    private static final Pattern RUN_BY_NAME =
            Pattern.compile("/src/test/.*(Test|Properties|Scenario)\\.java$|/benchmarks/\\w+Bench\\.java$");

    private static boolean usedElsewhere(Map<String, Set<String>> users, String type, String path) {
        return users.getOrDefault(type, Set.of()).stream().anyMatch(user -> !user.equals(path));
    }

    private static boolean named(Parsed parsed, List<String> others) {
        String packageName = String.valueOf(parsed.tree().getPackageName());
        return types(parsed).stream()
                .map(type -> packageName + "." + type)
                .anyMatch(name -> others.stream().anyMatch(text -> text.contains(name)));
    }

    private static List<String> types(Parsed parsed) {
        List<String> types = new ArrayList<>();
        for (Tree tree : parsed.tree().getTypeDecls()) {
            if (tree instanceof ClassTree type) {
                types.add(type.getSimpleName().toString());
            }
        }
        return types;
    }

    private static Set<String> names(Parsed parsed) {
        Set<String> names = new HashSet<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void none) {
                names.add(tree.getName().toString());
                return super.visitIdentifier(tree, null);
            }

            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
                names.add(tree.getIdentifier().toString());
                return super.visitMemberSelect(tree, null);
            }
        }.scan(parsed.tree(), null);
        return names;
    }
}
