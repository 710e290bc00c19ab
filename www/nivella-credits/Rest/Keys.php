<?php
/**
 * The server keys of a site.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Storage\KeyRows;

defined( 'ABSPATH' ) || exit;

/**
 * Makes, finds and ends them. A key's text is given out once, when it is made; a revoked one stays,
 * so that it can be seen what there was.
 */
final class Keys {
	/**
	 * The keys of the current site.
	 *
	 * @param KeyRows $rows Where they are.
	 */
	public function __construct( private readonly KeyRows $rows = new KeyRows() ) {}

	/**
	 * Makes a key.
	 *
	 * @param string   $label   What its owner calls it: 1 to 191 bytes.
	 * @param string[] $scopes  Of Key::SCOPES.
	 * @param ?int     $account The only account that it is for; null: any of the store.
	 * @param ?string  $site    The only site that it is for; null: any.
	 * @return string Its text, which nobody can be told again.
	 * @throws Refusal `store_not_configured` where the site has no secret of its own;
	 *                 `field_invalid`; `storage_unavailable`.
	 */
	public function create(
		string $label,
		array $scopes,
		?int $account,
		?string $site = null
	): string {
		$secret = Secret::of_site();
		if ( '' === $secret ) {
			$message = 'wp-config.php has no secret keys of its own: AUTH_KEY and AUTH_SALT';
			throw new Refusal( 'store_not_configured', $message );
		}
		if ( '' === $label || strlen( $label ) > 191 ) {
			throw new Refusal( 'field_invalid', 'a label has 1 to 191 bytes', 'label' );
		}
		if ( array() === $scopes || array() !== array_diff( $scopes, Key::SCOPES ) ) {
			throw new Refusal( 'field_invalid', 'scopes are quote, use and read', 'scopes' );
		}
		$token = Token::mint( $secret );
		$row   = array(
			'name'       => Token::name_of( $token, $secret ),
			'digest'     => Token::digest( $token ),
			'label'      => $label,
			'scopes'     => implode( ',', array_intersect( Key::SCOPES, $scopes ) ),
			'account'    => $account,
			'site'       => $site,
			'created_at' => gmdate( 'Y-m-d H:i:s' ),
		);
		if ( ! $this->rows->insert( $row ) ) {
			throw new Refusal( 'storage_unavailable', 'the key could not be stored' );
		}
		return $token;
	}

	/**
	 * A key by its name: one look-up by the table's key.
	 *
	 * @param string $name The first part of its text.
	 * @return ?Key null where there is none of this name.
	 * @throws Refusal `store_unreachable` where it could not be looked up.
	 */
	public function find( string $name ): ?Key {
		try {
			$row = $this->rows->find( $name );
		} catch ( Failure ) {
			throw new Refusal( 'store_unreachable', 'the key could not be looked up' );
		}
		return null === $row ? null : self::key_of( $row );
	}

	/**
	 * Every key, the newest first, revoked ones too.
	 *
	 * @return Key[]
	 */
	public function all(): array {
		return array_map( self::key_of( ... ), $this->rows->all() );
	}

	/**
	 * Ends a key, from the next request on.
	 *
	 * @param string $name The first part of its text.
	 * @return bool Whether there was one that counted.
	 */
	public function revoke( string $name ): bool {
		return $this->rows->revoke( $name );
	}

	/** @param array<string, ?string> $row A row of the table. */
	private static function key_of( array $row ): Key {
		return new Key(
			(string) $row['name'],
			(string) $row['digest'],
			(string) $row['label'],
			explode( ',', (string) $row['scopes'] ),
			null === $row['account'] ? null : (int) $row['account'],
			$row['site'],
			(string) $row['created_at'],
			$row['revoked_at'],
		);
	}
}
