// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.training.Rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Trains both models and writes them where the room keeps its resources: `make train-inspection`.
public final class Train {
    /// The same seed and data give the same bytes.
    static final long SEED = 20_261_121L;

    private static final int ARGUMENTS = 2;

    private Train() {}

    /// Arguments: the folder of the data, the folder of the resources.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("name the data's folder and the resources' folder");
        }
        Path data = Path.of(arguments[0]);
        Path resources = Path.of(arguments[1]);
        List<Row> texts = Rows.read(data.resolve("injection/dev.jsonl.gz"));
        List<Row> personal = Rows.read(data.resolve("pii/dev.jsonl.gz"));
        Files.write(resources.resolve("names.bin.gz"), TrainNames.train(personal, texts, _ -> true, SEED));
        Files.write(resources.resolve("instructions.bin.gz"), TrainInstructions.train(texts, _ -> true, SEED));
    }
}
