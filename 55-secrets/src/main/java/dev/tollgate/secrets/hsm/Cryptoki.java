// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Set;

/// The functions of a PKCS#11 library (OASIS, Cryptographic Token Interface 3.0) that signing needs, on platforms
/// where `CK_ULONG` has 64 bits. Each returns what the library said; only `ok` makes an exception of it.
final class Cryptoki {
    static final long OK = 0;
    static final long ALREADY_INITIALIZED = 0x191;
    static final long USER_ALREADY_LOGGED_IN = 0x100;

    /// The device or the session went away: a new session may do better.
    static final Set<Long> SESSION_LOST = Set.of(0x30L, 0x31L, 0x32L, 0xB0L, 0xB3L, 0xE0L, 0xE1L, 0x101L);

    private static final long OS_LOCKING = 2;
    private static final int POINTER_BYTES = 8;

    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup library;
    private final MethodHandle getSlotList;
    private final MethodHandle getTokenInfo;
    private final MethodHandle openSession;
    private final MethodHandle closeSession;
    private final MethodHandle login;
    private final MethodHandle findInit;
    private final MethodHandle find;
    private final MethodHandle findFinal;
    private final MethodHandle getAttributes;
    private final MethodHandle setAttributes;
    private final MethodHandle generatePair;
    private final MethodHandle signInit;
    private final MethodHandle sign;

    /// Loads a library and initialises it for many threads.
    @SuppressWarnings("restricted") // native code is what a PKCS#11 library is
    Cryptoki(Path file) {
        // Stays loaded: what a token's library started of its own may run until the process ends.
        this.library = SymbolLookup.libraryLookup(file, Arena.global());
        this.getSlotList = handle("C_GetSlotList", JAVA_BYTE, ADDRESS, ADDRESS);
        this.getTokenInfo = handle("C_GetTokenInfo", JAVA_LONG, ADDRESS);
        this.openSession = handle("C_OpenSession", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        this.closeSession = handle("C_CloseSession", JAVA_LONG);
        this.login = handle("C_Login", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.findInit = handle("C_FindObjectsInit", JAVA_LONG, ADDRESS, JAVA_LONG);
        this.find = handle("C_FindObjects", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        this.findFinal = handle("C_FindObjectsFinal", JAVA_LONG);
        this.getAttributes = handle("C_GetAttributeValue", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.setAttributes = handle("C_SetAttributeValue", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.generatePair = handle(
                "C_GenerateKeyPair", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        this.signInit = handle("C_SignInit", JAVA_LONG, ADDRESS, JAVA_LONG);
        this.sign = handle("C_Sign", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        initialise();
    }

    @SuppressWarnings("restricted") // its signature is that of the specification
    private MethodHandle handle(String name, MemoryLayout... arguments) {
        MemorySegment address = library.find(name)
                .orElseThrow(() -> new IllegalArgumentException("`keys.library` is no PKCS#11 library: no " + name));
        return LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private void initialise() {
        MethodHandle initialise = handle("C_Initialize", ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            // CK_C_INITIALIZE_ARGS: four mutex functions, flags, reserved.
            MemorySegment arguments = arena.allocate(6L * POINTER_BYTES, POINTER_BYTES);
            arguments.set(JAVA_LONG, 4L * POINTER_BYTES, OS_LOCKING);
            long said = (long) initialise.invokeExact(arguments);
            if (said != ALREADY_INITIALIZED) {
                ok(said);
            }
        } catch (Throwable broken) {
            throw failed(broken);
        }
    }

    long slots(MemorySegment list, MemorySegment count) {
        return call(() -> (long) getSlotList.invokeExact((byte) 1, list, count));
    }

    long tokenInfo(long slot, MemorySegment info) {
        return call(() -> (long) getTokenInfo.invokeExact(slot, info));
    }

    long openSession(long slot, long flags, MemorySegment session) {
        return call(() -> (long) openSession.invokeExact(slot, flags, MemorySegment.NULL, MemorySegment.NULL, session));
    }

    long closeSession(long session) {
        return call(() -> (long) closeSession.invokeExact(session));
    }

    long login(long session, long user, MemorySegment pin, long length) {
        return call(() -> (long) login.invokeExact(session, user, pin, length));
    }

    long findInit(long session, MemorySegment template, long count) {
        return call(() -> (long) findInit.invokeExact(session, template, count));
    }

    long find(long session, MemorySegment objects, long most, MemorySegment count) {
        return call(() -> (long) find.invokeExact(session, objects, most, count));
    }

    long findFinal(long session) {
        return call(() -> (long) findFinal.invokeExact(session));
    }

    long attributes(long session, long object, MemorySegment template, long count) {
        return call(() -> (long) getAttributes.invokeExact(session, object, template, count));
    }

    long setAttributes(long session, long object, MemorySegment template, long count) {
        return call(() -> (long) setAttributes.invokeExact(session, object, template, count));
    }

    long generatePair(long session, MemorySegment mechanism, Template shown, Template secret, MemorySegment made) {
        return call(() -> (long) generatePair.invokeExact(
                session,
                mechanism,
                shown.segment(),
                shown.count(),
                secret.segment(),
                secret.count(),
                made.asSlice(0, POINTER_BYTES),
                made.asSlice(POINTER_BYTES, POINTER_BYTES)));
    }

    long signInit(long session, MemorySegment mechanism, long key) {
        return call(() -> (long) signInit.invokeExact(session, mechanism, key));
    }

    long sign(long session, MemorySegment data, long length, MemorySegment signature, MemorySegment signatureLength) {
        return call(() -> (long) sign.invokeExact(session, data, length, signature, signatureLength));
    }

    /// Fails unless a function said that it did what it was asked for.
    static void ok(long said) {
        if (said != OK) {
            throw new TokenFailure(said);
        }
    }

    /// A token said no.
    static final class TokenFailure extends IllegalStateException {
        private static final long serialVersionUID = 1L;
        private final long code;

        TokenFailure(long code) {
            super("the PKCS#11 token answered 0x" + Long.toHexString(code));
            this.code = code;
        }

        long code() {
            return code;
        }
    }

    private interface Call {
        long make() throws Throwable;
    }

    private static long call(Call call) {
        try {
            return call.make();
        } catch (Throwable broken) {
            throw failed(broken);
        }
    }

    /// A method handle declares `Throwable`; a native function throws nothing.
    private static RuntimeException failed(Throwable broken) {
        return switch (broken) {
            case RuntimeException own -> own;
            case Error error -> throw error;
            default -> new IllegalStateException("a PKCS#11 function cannot be called", broken);
        };
    }
}
