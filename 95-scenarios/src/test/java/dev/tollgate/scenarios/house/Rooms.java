// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The rooms in reading order, and which smaller rooms each may import besides 00-terms and itself. The
/// only place that says so: the import law, the cycle check and the poms are all measured against this
/// table.
public final class Rooms {
    private static final String ROOT_PACKAGE = "dev.tollgate.";
    private static final int DIGITS = 2;

    /// One room.
    ///
    /// @param folder  for example `40-policy`
    /// @param imports numbers of the rooms that it may import, 00-terms not counted
    public record Room(String folder, List<Integer> imports) {
        /// Where the room stands in the reading order.
        public int number() {
            return Integer.parseInt(folder.substring(0, DIGITS));
        }

        /// The room's package, without its sub-packages.
        public String packageName() {
            return ROOT_PACKAGE + folder.substring(DIGITS + 1);
        }

        boolean owns(String somePackage) {
            return somePackage.equals(packageName()) || somePackage.startsWith(packageName() + ".");
        }

        boolean mayImport(Room other) {
            return other.number() == 0 || other.number() == number() || imports.contains(other.number());
        }
    }

    /// Every room, in the order of its folder.
    public static final List<Room> ALL = List.of(
            room("00-terms"),
            room("05-cedar"),
            room("06-merkle"),
            room("08-store"),
            room("10-identity", 8),
            room("20-catalog"),
            room("30-containment", 8, 20),
            room("35-lineage", 8, 20),
            room("40-policy", 5, 8, 20, 30, 35),
            room("50-governance", 5, 8, 20, 30, 35, 40),
            room("55-secrets", 8),
            room("60-connectors", 8, 20, 40, 55),
            room("70-inspection", 20),
            room("75-audit", 6, 8),
            room("78-replay", 20, 30, 35, 40, 75),
            room("80-gateway", 10, 20, 30, 35, 40, 50, 55, 60, 70, 75, 78),
            room("82-egress", 30, 35, 40, 70, 75),
            room("85-server", 80),
            room("87-console", 8, 40, 50, 75, 85),
            anyBelow("88-cli"),
            anyBelow("90-app"),
            anyBelow("95-scenarios"),
            anyBelow("97-benchmarks"));

    private Rooms() {}

    /// The room that a package belongs to, when it is one of ours.
    static Optional<Room> of(String packageName) {
        return ALL.stream().filter(room -> room.owns(packageName)).findFirst();
    }

    /// The project's folder, as the build names it.
    public static Path root() {
        String root = System.getProperty("tollgate.root");
        if (root == null) {
            throw new IllegalStateException("the system property `tollgate.root` must name the project's folder");
        }
        return Path.of(root);
    }

    private static Room room(String folder, Integer... imports) {
        return new Room(folder, Arrays.asList(imports));
    }

    private static Room anyBelow(String folder) {
        int number = Integer.parseInt(folder.substring(0, DIGITS));
        return new Room(folder, IntStream.range(0, number).boxed().toList());
    }
}
