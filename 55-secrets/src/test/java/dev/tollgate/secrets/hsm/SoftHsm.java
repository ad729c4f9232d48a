// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Debian's SoftHSM with tokens of a test's own. A library is initialised once a process and reads then, from the
/// process's environment, where its tokens are: they are made before, and are the same for all tests of a process.
/// Where the package is missing a test says so and ends; in CI it is installed, and there a test that ends so fails.
public final class SoftHsm {
    /// Where Debian puts the library.
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    /// Of every token.
    public static final String PIN = "4711-pin";

    private static final int SECONDS_MAX = 60;

    private SoftHsm() {}

    /// Makes tokens with these labels below `folder`, for a library that is not initialised yet.
    public static void make(Path folder, String... labels) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "Debian's softhsm2 is not installed");
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Path configuration = Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        setenv("SOFTHSM2_CONF", configuration.toString());
        for (String label : labels) {
            token(label, configuration);
        }
    }

    private static void token(String label, Path configuration) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-" + PIN);
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("softhsm2-util failed");
        }
    }

    /// The JVM's own copy of the environment is not what a native library reads.
    @SuppressWarnings("restricted") // its signature is that of POSIX
    private static void setenv(String name, String value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().find("setenv").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int said = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (said != 0) {
                throw new IllegalStateException("the environment cannot be set");
            }
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }
}
