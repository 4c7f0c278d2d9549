/** Encrypts and decrypts the secrets of one stack. */
export interface Crypter {
  /** Gives `v1:<nonce>:<ciphertext and tag>`, both in base64. */
  encrypt(plaintext: string): string;
  decrypt(ciphertext: string): string;
}
