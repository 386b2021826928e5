/** Coming in: which appliance, who one is, and a first start. */
@NullMarked
package io.strongroom.console.signin;

import org.jspecify.annotations.NullMarked;
