// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ed25519 for keys of a token: signs there, verifies here. Never installed for the whole process.
final class HsmProvider extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient Provider verifying;

    /// @param verifying computes verifications: the public half is no secret
    HsmProvider(Provider verifying) {
        super("TollgateHsm", "1", "Ed25519 signatures of a PKCS#11 token");
        this.verifying = verifying;
        putService(new Signing(this));
    }

    private static final class Signing extends Provider.Service {
        private final HsmProvider provider;

        Signing(HsmProvider provider) {
            super(provider, "Signature", "Ed25519", TokenSignature.class.getName(), List.of(), Map.of());
            this.provider = provider;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new TokenSignature(provider.verifying);
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return true;
        }
    }

    /// The private half: a place in a token, not a key.
    static final class Key implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final transient HsmToken token;
        private final transient long handle;

        Key(HsmToken token, long handle) {
            this.token = token;
            this.handle = handle;
        }

        @Override
        public String getAlgorithm() {
            return "Ed25519";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("a key of a token stays there");
        }

        @Override
        public String toString() {
            return "HsmProvider.Key[***]";
        }
    }

    private static final class TokenSignature extends SignatureSpi {
        private final Provider verifying;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private @Nullable Key key;
        private @Nullable Signature verifier;

        TokenSignature(Provider verifying) {
            this.verifying = verifying;
        }

        @Override
        protected void engineInitVerify(PublicKey shown) throws InvalidKeyException {
            key = null;
            try {
                verifier = Signature.getInstance("Ed25519", verifying);
                verifier.initVerify(shown);
            } catch (java.security.NoSuchAlgorithmException missing) {
                throw new InvalidKeyException(missing);
            }
        }

        @Override
        protected void engineInitSign(PrivateKey secret) throws InvalidKeyException {
            if (!(secret instanceof Key ours)) {
                throw new InvalidKeyException("the key is not of a token");
            }
            key = ours;
            message.reset();
        }

        @Override
        protected void engineUpdate(byte next) throws SignatureException {
            engineUpdate(new byte[] {next}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
            if (key != null) {
                message.write(bytes, from, length);
            } else if (verifier != null) {
                verifier.update(bytes, from, length);
            }
        }

        @Override
        protected void engineUpdate(ByteBuffer bytes) {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            message.writeBytes(all);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            Key ours = key;
            if (ours == null) {
                throw new SignatureException("not signing");
            }
            try {
                return ours.token.sign(ours.handle, message.toByteArray());
            } catch (IllegalStateException broken) {
                throw new SignatureException("the PKCS#11 token cannot sign", broken);
            } finally {
                message.reset();
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            return verifier != null && verifier.verify(signature);
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new InvalidParameterException("Ed25519 has no parameters");
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {
            throw new InvalidParameterException("Ed25519 has no parameters");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new InvalidParameterException("Ed25519 has no parameters");
        }
    }
}
