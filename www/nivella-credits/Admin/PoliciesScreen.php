<?php
/**
 * Alerts and policies.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Owner\Policies;
use Nivella\Credits\Page\Levels;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Cors;
use Nivella\Credits\Rest\Limits;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** The choices of the store, in one form. */
final class PoliciesScreen extends Screen {
	public const PAGE = 'nivella-credits-policies';

	/** Its title. */
	public function title(): string {
		return __( 'Alerts and policies', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** The form. */
	protected function body(): string {
		$form  = new Controls( 'save_policies' );
		$boxes = Markup::box( __( 'Alerts', 'nivella-credits' ), $this->alerts( $form ) )
			. Markup::box( __( 'Refunds', 'nivella-credits' ), $this->refunds( $form ) )
			. Markup::box( __( 'Orders', 'nivella-credits' ), $this->orders( $form ) )
			. Markup::box( __( 'Who may see and meter', 'nivella-credits' ), $this->access( $form ) )
			. Markup::box( __( 'Requests in a minute', 'nivella-credits' ), $this->limits( $form ) )
			. Markup::box( __( 'Data', 'nivella-credits' ), $this->data( $form ) );
		$save  = Controls::submit( __( 'Save the policies', 'nivella-credits' ) );
		return $this->heading( $this->title() )
			. Action::form( 'save_policies', array(), $boxes . $save );
	}

	/**
	 * What visitors may see.
	 *
	 * @return array<string, string>
	 */
	public static function visitors(): array {
		return array(
			'off'     => __( 'Nothing', 'nivella-credits' ),
			'level'   => __( 'Whether credits are low', 'nivella-credits' ),
			'rounded' => __( 'A rounded number', 'nivella-credits' ),
			'exact'   => __( 'The whole credits', 'nivella-credits' ),
		);
	}

	/**
	 * Where levels begin.
	 *
	 * @param Controls $form The form.
	 */
	private function alerts( Controls $form ): string {
		$kept  = Configuration::thresholds()->to_wire();
		$texts = array(
			'low'      => __( '"Low" begins at', 'nivella-credits' ),
			'critical' => __( '"Critical" begins at', 'nivella-credits' ),
		);
		$help  = __(
			'A share (20%, of the plan or of a month\'s use) or credits (500), for new accounts.',
			'nivella-credits'
		);
		$rows  = array();
		foreach ( $texts as $name => $text ) {
			$value  = Levels::text( $kept[ $name ] );
			$about  = 'critical' === $name ? $help : '';
			$rows[] = $form->text( $name, $text, $value, $about, array( 'class' => 'small-text' ) );
		}
		return Controls::rows( ...$rows );
	}

	/**
	 * What happens to credits of refunded orders.
	 *
	 * @param Controls $form The form.
	 */
	private function refunds( Controls $form ): string {
		$forgive = '1' === (string) get_option( Configuration::FORGIVE, '' );
		return Controls::rows(
			$form->select(
				'shortfall',
				__( 'Credits that were used already', 'nivella-credits' ),
				array(
					'owe'     => __( 'are owed: the next credits repay them', 'nivella-credits' ),
					'forgive' => __( 'are forgiven', 'nivella-credits' ),
				),
				$forgive ? 'forgive' : 'owe',
			),
			$form->lines(
				'refunds',
				__( 'What customers are told', 'nivella-credits' ),
				(string) get_option( Policies::REFUNDS, '' ),
				__( 'Shown on their page "Credits"; empty: nothing.', 'nivella-credits' ),
			),
		);
	}

	/**
	 * What happens to orders.
	 *
	 * @param Controls $form The form.
	 */
	private function orders( Controls $form ): string {
		return Controls::rows(
			$form->check(
				'complete',
				__( 'Completion', 'nivella-credits' ),
				__( 'Orders of nothing but packages are completed when they are paid', 'nivella-credits' ),
				'no' !== get_option( Policies::COMPLETE, 'yes' ),
			),
			$form->check(
				'coupons',
				__( 'Coupons', 'nivella-credits' ),
				__( 'Coupons may lower the price of packages', 'nivella-credits' ),
				'no' !== get_option( Policies::COUPONS, 'yes' ),
			),
		);
	}

	/**
	 * Who may see and meter.
	 *
	 * @param Controls $form The form.
	 */
	private function access( Controls $form ): string {
		$origins = get_option( Cors::OPTION, array() );
		return Controls::rows(
			$form->select(
				'visitors',
				__( 'Visitors of a chat see', 'nivella-credits' ),
				self::visitors(),
				(string) get_option( Visitor::OPTION, 'off' ),
			),
			$form->check(
				'customers_meter',
				__( 'Customers', 'nivella-credits' ),
				__( 'A customer\'s own page may use credits without a server', 'nivella-credits' ),
				'yes' === get_option( Access::CUSTOMERS_METER, 'no' ),
				__( 'Whoever is signed in could then report less than was used.', 'nivella-credits' ),
			),
			$form->lines(
				'origins',
				__( 'Other origins that may read', 'nivella-credits' ),
				implode( "\n", is_array( $origins ) ? $origins : array() ),
				__( 'One a line, as https://chat.example. They read without cookies.', 'nivella-credits' ),
				true,
			),
			$form->check(
				'fast_lane',
				__( 'Fast lane', 'nivella-credits' ),
				__( 'Servers are answered before the store is loaded', 'nivella-credits' ),
				'no' !== get_option( Lane::OPTION, 'yes' ),
			),
		);
	}

	/**
	 * How often somebody may come.
	 *
	 * @param Controls $form The form.
	 */
	private function limits( Controls $form ): string {
		$texts  = array(
			'server'   => __( 'Of a server, by its key', 'nivella-credits' ),
			'customer' => __( 'Of a customer', 'nivella-credits' ),
			'visitor'  => __( 'Of a visitor, by address', 'nivella-credits' ),
			'refused'  => __( 'Without a valid key, by address', 'nivella-credits' ),
		);
		$number = array( 'type' => 'number', 'min' => 0, 'class' => 'number', 'required' => true );
		$rows   = array();
		foreach ( $texts as $kind => $text ) {
			$usual = number_format_i18n( Limits::USUAL[ $kind ] );
			/* translators: %s: a number of requests. */
			$help   = sprintf( __( 'Usually %s; 0 for no limit.', 'nivella-credits' ), $usual );
			$most   = (string) Limits::chosen( $kind );
			$rows[] = $form->text( "limit_$kind", $text, $most, $help, $number );
		}
		$rows[] = $form->text(
			'address_header',
			__( 'Header with the address', 'nivella-credits' ),
			(string) get_option( Limits::PROXY, '' ),
			__(
				'Only behind a proxy of your own that writes it, such as X-Forwarded-For. Else leave it empty.',
				'nivella-credits'
			),
			array( 'maxlength' => 64, 'autocomplete' => 'off' ) + Controls::CODE,
		);
		return Controls::rows( ...$rows );
	}

	/**
	 * What becomes of the data.
	 *
	 * @param Controls $form The form.
	 */
	private function data( Controls $form ): string {
		return Controls::rows(
			$form->check(
				'delete',
				__( 'When the plugin is deleted', 'nivella-credits' ),
				__( 'Delete the ledger and all settings, too', 'nivella-credits' ),
				'1' === (string) get_option( Policies::DELETE, '' ),
				__( 'The ledger is the record of what customers paid for.', 'nivella-credits' ),
			),
		);
	}
}
