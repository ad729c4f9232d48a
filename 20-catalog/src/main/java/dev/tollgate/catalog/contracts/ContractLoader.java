// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.SchemaCheck;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.catalog.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Loads the contracts and data classes of a bundle: `classes.yaml` and `contracts/*.yaml`. Everything
/// is read and checked, and either all of it is sound or nothing is loaded. Safe for many threads.
///
/// Two checks share the work: the published JSON Schema says what the files may hold, and this package
/// says whether it makes sense together. The second reads tolerantly, so that one slip does not hide
/// the others.
public final class ContractLoader {
    /// Where a bundle keeps its own data classes.
    public static final String CLASSES = "classes.yaml";

    /// Folder of the contracts in a bundle.
    public static final String CONTRACTS = "contracts/";

    /// Connected systems of one gateway: more are several gateways.
    public static final int CONTRACTS_MAX = 50;

    private static final String SUFFIX = ".yaml";

    private final SchemaCheck contractSchema = SchemaCheck.of(ContractLoader.class, "contract.schema.json");
    private final SchemaCheck classesSchema = SchemaCheck.of(ContractLoader.class, "classes.schema.json");

    /// What was loaded.
    ///
    /// @param contracts sorted by file name
    /// @param classes   the base classes and the bundle's own
    public record Loaded(List<Contract> contracts, DataClasses classes) {
        public Loaded {
            contracts = List.copyOf(contracts);
        }

        /// The catalog over what was loaded.
        public Catalog catalog() {
            return new Catalog(contracts, classes);
        }
    }

    /// Loads from a bundle's folder.
    ///
    /// @throws IOException when the folder cannot be read
    public Checked<Loaded> load(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        put(files, folder, folder.resolve(CLASSES));
        Path contracts = folder.resolve(CONTRACTS);
        if (Files.isDirectory(contracts)) {
            try (Stream<Path> found = Files.list(contracts)) {
                for (Path file : found.sorted().limit(CONTRACTS_MAX + 1L).toList()) {
                    put(files, folder, file);
                }
            }
        }
        return load(files);
    }

    private static void put(SortedMap<String, byte[]> files, Path folder, Path file) throws IOException {
        boolean wanted =
                Files.isRegularFile(file) && file.getFileName().toString().endsWith(SUFFIX);
        if (!wanted) {
            return;
        }
        String name = folder.relativize(file).toString().replace('\\', '/');
        try (var in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that the reader sees that the file is too large.
            files.put(name, in.readNBytes(YamlReader.BYTES_MAX + 1));
        }
    }

    /// Loads from files by their path in the bundle; files of other kinds are passed over.
    public Checked<Loaded> load(Map<String, byte[]> files) {
        ProblemLog log = new ProblemLog();
        DataClasses classes = Optional.ofNullable(files.get(CLASSES))
                .flatMap(bytes -> tree(CLASSES, bytes, classesSchema, log))
                .map(root -> new ClassesReader(log).read(root))
                .orElse(DataClasses.BASE);
        List<Contract> contracts = new ArrayList<>();
        Together together = new Together(log);
        SortedMap<String, byte[]> sorted = contractFiles(files);
        if (sorted.size() > CONTRACTS_MAX) {
            log.add(Mark.start(CONTRACTS), "there are more than " + CONTRACTS_MAX + " contracts");
            sorted = new TreeMap<>();
        }
        sorted.forEach((file, bytes) -> tree(file, bytes, contractSchema, log).ifPresent(root -> {
            together.check(file, root);
            new ContractReader(classes, log).read(root, bytes).ifPresent(contracts::add);
        }));
        return log.problems()
                .<Checked<Loaded>>map(Checked.Faulty::new)
                .orElseGet(() -> new Checked.Sound<>(new Loaded(contracts, classes)));
    }

    private static SortedMap<String, byte[]> contractFiles(Map<String, byte[]> files) {
        SortedMap<String, byte[]> sorted = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (name.startsWith(CONTRACTS) && name.endsWith(SUFFIX)) {
                sorted.put(name, bytes);
            }
        });
        return sorted;
    }

    private static Optional<YamlNode.Mapping> tree(String file, byte[] bytes, SchemaCheck schema, ProblemLog log) {
        Optional<YamlNode> root = YamlReader.read(file, bytes, log);
        root.ifPresent(node -> schema.check(node, log));
        return root.flatMap(YamlNode::asMapping);
    }

    /// What must hold between contracts: no system and no tool twice.
    private static final class Together {
        private final ProblemLog log;
        private final Map<String, String> systems = new TreeMap<>();
        private final Map<String, String> tools = new TreeMap<>();

        Together(ProblemLog log) {
            this.log = log;
        }

        void check(String file, YamlNode.Mapping root) {
            root.text("system").ifPresent(system -> once(systems, "system", system, root.at("system"), file));
            root.mapping("tools").entries().forEach(tool -> once(tools, "tool", tool.key(), tool.keyAt(), file));
        }

        private void once(Map<String, String> seen, String kind, String name, Mark at, String file) {
            String before = seen.putIfAbsent(name, file);
            if (before != null && !before.equals(file)) {
                log.add(at, "the " + kind + " " + Problem.quote(name) + " is already in " + before);
            }
        }
    }
}
