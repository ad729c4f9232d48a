// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method that may see a secret in the clear. The compiler refuses `SecretValue.reveal()` anywhere else.
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
@Retention(RetentionPolicy.CLASS)
public @interface RevealsSecret {
    /// Why the method must see it.
    String value();
}
