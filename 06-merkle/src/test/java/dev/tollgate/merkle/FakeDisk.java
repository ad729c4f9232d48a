// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A disk that loses power. What was not forced may be there afterwards, sector by sector, or not;
/// names that were not forced survive up to some point. Can also fail or fill up at a chosen operation.
final class FakeDisk implements Disk {
    private static final int SECTOR_BYTES = 512;

    private record Write(int position, ByteBuffer bytes) {}

    private static final class Inode {
        private byte[] now = {};
        private byte[] durable = {};
        private final List<Write> unforced = new ArrayList<>();

        void write(int position, byte[] bytes) {
            now = applied(now, position, bytes);
            unforced.add(new Write(position, ByteBuffer.wrap(bytes)));
        }

        void force() {
            durable = now.clone();
            unforced.clear();
        }

        /// Each sector that was not forced may have reached the disk.
        void losePower(RandomGenerator random) {
            byte[] left = durable;
            for (Write write : unforced) {
                byte[] bytes = write.bytes().array();
                for (int at = 0; at < bytes.length; at += SECTOR_BYTES) {
                    if (random.nextBoolean()) {
                        byte[] sector = Arrays.copyOfRange(bytes, at, Math.min(at + SECTOR_BYTES, bytes.length));
                        left = applied(left, write.position() + at, sector);
                    }
                }
            }
            now = left;
            force();
        }

        private static byte[] applied(byte[] content, int position, byte[] bytes) {
            byte[] target = content;
            if (content.length < position + bytes.length) {
                target = Arrays.copyOf(content, position + bytes.length);
            }
            System.arraycopy(bytes, 0, target, position, bytes.length);
            return target;
        }
    }

    /// What a test does to one operation.
    interface Fault {
        /// Throws to make the operation fail; `operation` is `write`, `force`, `rename`, `forceFolder` or
        /// `replace`.
        void before(String operation, Path file) throws IOException;
    }

    private final Map<Path, Inode> names = new HashMap<>();
    private final Map<Path, Inode> durableNames = new HashMap<>();
    private final List<Runnable> unforcedNames = new ArrayList<>();
    private Fault fault = (_, _) -> {};
    private boolean locked;
    private boolean lying;

    /// From now on the disk says that it forced what it did not.
    synchronized void lie() {
        lying = true;
    }

    synchronized void onOperation(Fault newFault) {
        fault = newFault;
    }

    /// The disk after the power came back.
    synchronized void losePower(RandomGenerator random) {
        int survived = random.nextInt(unforcedNames.size() + 1);
        unforcedNames.subList(0, survived).forEach(Runnable::run);
        unforcedNames.clear();
        names.clear();
        names.putAll(durableNames);
        names.values().forEach(inode -> inode.losePower(random));
        fault = (_, _) -> {};
        locked = false;
    }

    /// Flips one bit of a file.
    synchronized void flip(Path file, int at) {
        Inode inode = Objects.requireNonNull(names.get(file));
        inode.now[at] ^= 1;
        inode.force();
    }

    /// Copies every file to a real folder.
    synchronized void copyTo(Path root, Path target) throws IOException {
        for (Map.Entry<Path, Inode> name : names.entrySet()) {
            Path file = target.resolve(root.relativize(name.getKey()).toString());
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, name.getValue().now);
        }
    }

    synchronized List<Path> files() {
        return names.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized Volume open(Path file) {
        Inode inode = names.get(file);
        if (inode == null) {
            Inode fresh = new Inode();
            names.put(file, fresh);
            unforcedNames.add(() -> durableNames.put(file, fresh));
            inode = fresh;
        }
        return new FakeVolume(file, inode);
    }

    @Override
    public synchronized Volume openToRead(Path file) throws IOException {
        if (!names.containsKey(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return open(file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        fault.before("rename", to);
        Inode inode = Objects.requireNonNull(names.remove(from));
        names.put(to, inode);
        unforcedNames.add(() -> {
            durableNames.remove(from);
            durableNames.put(to, inode);
        });
    }

    @Override
    public synchronized void delete(Path file) {
        names.remove(file);
        unforcedNames.add(() -> durableNames.remove(file));
    }

    @Override
    public synchronized void deleteFolder(Path folder) {
        files().stream().filter(file -> file.startsWith(folder)).forEach(this::delete);
    }

    @Override
    public void createFolders(Path folder) {}

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        fault.before("forceFolder", folder);
        unforcedNames.forEach(Runnable::run);
        unforcedNames.clear();
    }

    @Override
    public synchronized List<String> list(Path folder) {
        return files().stream()
                .filter(file -> folder.equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Override
    public synchronized void replace(Path file, ByteBuffer... content) throws IOException {
        fault.before("replace", file);
        Inode inode = new Inode();
        for (ByteBuffer part : content) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            inode.write(inode.now.length, bytes);
        }
        names.put(file, inode);
        unforcedNames.add(() -> durableNames.put(file, inode));
    }

    @Override
    public synchronized Optional<byte[]> load(Path file, int bytesMax) {
        Inode inode = names.get(file);
        return inode == null || inode.now.length > bytesMax ? Optional.empty() : Optional.of(inode.now.clone());
    }

    @Override
    public synchronized long length(Path file) {
        Inode inode = names.get(file);
        return inode == null ? -1 : inode.now.length;
    }

    @Override
    public synchronized Optional<Closeable> lock(Path file) {
        if (locked) {
            return Optional.empty();
        }
        locked = true;
        return Optional.of(() -> locked = false);
    }

    private final class FakeVolume implements Volume {
        private final Path file;
        private final Inode inode;

        FakeVolume(Path file, Inode inode) {
            this.file = file;
            this.inode = inode;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            synchronized (FakeDisk.this) {
                byte[] bytes = new byte[from.remaining()];
                from.get(bytes);
                try {
                    fault.before("write", file);
                } catch (IOException failed) {
                    // A failed write may have written a part.
                    inode.write((int) position, Arrays.copyOf(bytes, bytes.length / 2));
                    throw failed;
                }
                inode.write((int) position, bytes);
            }
        }

        @Override
        public void read(ByteBuffer into, long position) {
            synchronized (FakeDisk.this) {
                int length = Math.clamp(inode.now.length - position, 0, into.remaining());
                into.put(inode.now, (int) position, length);
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            synchronized (FakeDisk.this) {
                fault.before("force", file);
                if (!lying || metadata) {
                    inode.force();
                }
            }
        }

        @Override
        public long length() {
            synchronized (FakeDisk.this) {
                return inode.now.length;
            }
        }

        @Override
        public void close() {}
    }
}
