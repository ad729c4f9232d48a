// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.catalog.yaml.YamlReader;
import dev.tollgate.governance.ownership.OwnershipMatrix;
import dev.tollgate.governance.ownership.OwnershipRow;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.terms.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate contract ownership`: prints the ownership matrix (requirement S4-14) of the contracts in force, or
/// of a contract that is not in force yet. It is read from the contracts, so it is current or it is not printed:
/// a contract with a revenue-critical field that has no single owner is refused (requirement S4-2).
@Command(
        name = "ownership",
        description = "Print who answers for each field, who may write it, and how a write is taken back.",
        mixinStandardHelpOptions = true)
final class OwnershipCommand implements Callable<Integer> {
    private static final String YAML = ".yaml";

    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Where where = new Where();

    @Option(
            names = "--contract",
            paramLabel = "FILE",
            description = "a contract, instead of those in force; `../classes.yaml` beside it is read too")
    private @Nullable Path contract;

    @Option(names = "--system", paramLabel = "ID", description = "one system of several")
    private @Nullable String system;

    @Option(names = "--revenue", description = "the revenue-critical fields only")
    private boolean revenue;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, csv or markdown (default: ${DEFAULT-VALUE})",
            defaultValue = "text")
    private OwnershipTable.Format format = OwnershipTable.Format.TEXT;

    OwnershipCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Path file = contract;
        if (file == null) {
            return print(inForce(), out);
        }
        return switch (read(file)) {
            case Checked.Sound<ContractLoader.Loaded> sound ->
                print(sound.value().catalog(), out);
            case Checked.Faulty<ContractLoader.Loaded> faulty -> {
                err.println(faulty.problems());
                err.println("tollgate: the ownership matrix is not current: repair the contract first");
                yield 1;
            }
        };
    }

    private Catalog inForce() {
        try (Workbench bench = rooms.open(where)) {
            return switch (bench.bundles().active()) {
                case Step.Passed<DecisionPoint> point -> point.state().bundle().catalog();
                case Step.Refused<DecisionPoint> refused ->
                    throw new CommandFailure(refused.why().explain() + ": name a file with `--contract`");
            };
        }
    }

    private static Checked<ContractLoader.Loaded> read(Path file) {
        Map<String, byte[]> files = new HashMap<>();
        try {
            files.put(ContractLoader.CONTRACTS + file.toAbsolutePath().getFileName() + ending(file), bytes(file));
            Path folder = file.toAbsolutePath().getParent();
            Path classes = folder == null ? file : folder.resolveSibling(ContractLoader.CLASSES);
            if (Files.isRegularFile(classes)) {
                files.put(ContractLoader.CLASSES, bytes(classes));
            }
        } catch (IOException unreadable) {
            throw new CommandFailure("the contract cannot be read");
        }
        return new ContractLoader().load(files);
    }

    private static String ending(Path file) {
        return file.toString().endsWith(YAML) ? "" : YAML;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlReader.BYTES_MAX + 1);
        }
    }

    private int print(Catalog catalog, PrintWriter out) {
        List<String> systems = catalog.contracts().stream()
                .filter(one -> !one.isSink())
                .map(Contract::system)
                .map(Object::toString)
                .toList();
        Optional<String> wanted = Optional.ofNullable(system);
        if (wanted.isPresent() && !systems.contains(wanted.get())) {
            throw new CommandFailure("no such system: name one of " + String.join(", ", systems));
        }
        if (wanted.isEmpty() && systems.size() > 1 && format == OwnershipTable.Format.CSV) {
            throw new CommandFailure(
                    "one file holds one system: name one of " + String.join(", ", systems) + " with `--system`");
        }
        List<OwnershipRow> rows = OwnershipMatrix.of(catalog).rows().stream()
                .filter(row -> wanted.isEmpty() || row.system().toString().equals(wanted.get()))
                .filter(row -> !revenue || row.revenue().isPresent())
                .toList();
        new OwnershipTable(format).print(rows, out);
        return 0;
    }
}
