import { useState } from 'react';
import { Text, TextInput, View } from 'react-native';
import { Button } from './Button.jsx';
import { styles } from './styles.js';
import { userOf } from './useShift.js';

/** Asks for a token. An app of yours has one from its own sign-in. */
export function SignIn({ hub, onSignIn }) {
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const signIn = () => {
    try {
      userOf(text.trim());
    } catch {
      setError('This is no token.');
      return;
    }
    onSignIn(text.trim());
  };
  return (
    <View style={styles.content}>
      <Text role="heading" aria-level={1} style={styles.title}>Sign in</Text>
      <TextInput
        aria-label="Token of the driver" placeholder="Token of the driver" placeholderTextColor="#666" autoCapitalize="none" autoCorrect={false}
        style={styles.input} value={text} onChangeText={setText} onSubmitEditing={signIn}
      />
      {error !== '' && <Text role="alert" style={styles.error}>{error}</Text>}
      <Button isMain title="Sign in" onPress={signIn} />
      <Text>The hub is {hub}.</Text>
    </View>
  );
}
