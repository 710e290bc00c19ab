<?php
/** Makes the packages to begin with: returns those that this process made. */

declare( strict_types=1 );

use Nivella\Credits\Woo\Product\StarterSet;

return static fn(): array => StarterSet::make( true );
